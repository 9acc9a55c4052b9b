using Microsoft.Extensions.Configuration;

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
        var section = configuration.GetSection(SettingsCheck.SectionOf(typeof(TSettings)));
        try
        {
            return (defaults ?? Activator.CreateInstance<TSettings>())
                .Bound(section.AsEnumerable(makePathsRelative: true).Where(pair => pair.Key.Length > 0));
        }
        catch (ArgumentException fault)
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
}
