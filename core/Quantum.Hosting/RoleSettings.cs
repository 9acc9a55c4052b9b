using Microsoft.Extensions.Configuration;
using Quantum.Contracts.Settings;

namespace Quantum.Hosting;

/// <summary>Reads settings from the configuration section that their type names.</summary>
public static class RoleSettings
{
    /// <summary>
    /// The defaults with what the section changes, checked. A key that the settings do not have, or a value that does
    /// not fit, throws a <see cref="StartupException"/> of one line that names it.
    /// </summary>
    /// <param name="configuration">Where the section is.</param>
    /// <param name="defaults">Fresh ones, of nobody else; null: those of the type.</param>
    public static TSettings SettingsOf<TSettings>(this IConfiguration configuration, TSettings? defaults = null)
        where TSettings : class
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var settings = defaults ?? Activator.CreateInstance<TSettings>();
        var section = configuration.GetSection(SettingsCheck.SectionOf(typeof(TSettings)));
        Look(section, section.Path, settings);
        try
        {
            section.Bind(settings, options => options.ErrorOnUnknownConfiguration = true);
            return settings.Checked();
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException)
        {
            throw new StartupException(fault.Message, fault);
        }
    }

    /// <summary>
    /// The same, held against what only their user knows: the fault of the check becomes the one line.
    /// </summary>
    /// <param name="configuration">Where the section is.</param>
    /// <param name="defaults">Fresh ones, of nobody else.</param>
    /// <param name="check">Throws words that name the setting, its value and the mend.</param>
    public static TSettings SettingsOf<TSettings>(
        this IConfiguration configuration, TSettings defaults, Action<TSettings> check)
        where TSettings : class
    {
        ArgumentNullException.ThrowIfNull(check);
        var settings = configuration.SettingsOf(defaults);
        try
        {
            check(settings);
            return settings;
        }
        catch (Exception fault) when (fault is not StartupException)
        {
            throw new StartupException(fault.Message, fault);
        }
    }

    // What the binder would pass over, or say in words of its own; lists it replaces, where it would add to them.
    private static void Look(IConfigurationSection section, string path, object group)
    {
        foreach (var child in section.GetChildren())
        {
            var field = SettingField.Of(group.GetType())
                .FirstOrDefault(known => known.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase))
                ?? throw new StartupException(
                    $"{child.Path} is no setting: docs/SETTINGS.md lists those of {path}. Correct or remove it; as an "
                    + $"environment variable it is {SettingsCheck.VariableOf(child.Path)}.");
            var at = $"{path}:{field.Name}";
            if (field.IsGroup && child.Value is null) Look(child, at, field.Property.GetValue(group)!);
            else if (field.IsList && child.Value is null) field.Clear(group);
            else if (child.Value is not { } text || !field.Takes(text))
                throw new StartupException(SettingsCheck.Line(at, $"is '{child.Value}'", field.Kind));
        }
    }
}
