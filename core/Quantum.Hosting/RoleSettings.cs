using Microsoft.Extensions.Configuration;

namespace Quantum.Hosting;

/// <summary>Reads a role's settings from the configuration section of its name over its defaults.</summary>
public static class RoleSettings
{
    /// <summary>
    /// The defaults with what the section changes. A key that the settings do not have, or a value that does not fit,
    /// throws a <see cref="StartupException"/> that names it.
    /// </summary>
    public static TSettings SettingsOf<TSettings>(this IConfiguration configuration, string section, TSettings defaults)
        where TSettings : class
    {
        ArgumentNullException.ThrowIfNull(configuration);
        try
        {
            configuration.GetSection(section).Bind(defaults, options => options.ErrorOnUnknownConfiguration = true);
            return defaults;
        }
        catch (InvalidOperationException fault)
        {
            // The outer message names the key, the inner one what a setter says of the value.
            var reason = fault.InnerException is { } inner ? $"{fault.Message} {inner.Message}" : fault.Message;
            throw new StartupException(
                $"the settings section '{section}' cannot be used: {reason} "
                + "Correct it, or remove it to get the default.",
                fault);
        }
    }
}
