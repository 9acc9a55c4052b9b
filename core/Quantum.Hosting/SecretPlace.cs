using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace Quantum.Hosting;

/// <summary>
/// Where a secret may stand: in the environment, or in this user's secrets. A command line is shown by every process
/// list, and a settings file lies beside the program and goes where that goes; one that is overridden is still told.
/// </summary>
public static class SecretPlace
{
    private const string UserSecrets = "secrets.json";

    /// <summary>
    /// Where else than it may this setting stands, in words that follow "stands"; null when it stands nowhere else.
    /// </summary>
    public static string? WrongOf(IConfiguration configuration, string name) => ProvidersOf(configuration)
        .Where(provider => provider.TryGet(name, out var value) && !string.IsNullOrWhiteSpace(value))
        .Select(WrongOf)
        .FirstOrDefault(place => place is not null);

    private static IEnumerable<IConfigurationProvider> ProvidersOf(IConfiguration configuration) =>
        configuration is not IConfigurationRoot root
            ? []
            : root.Providers.SelectMany(provider => provider is ChainedConfigurationProvider chained
                ? ProvidersOf(chained.Configuration)
                : [provider]);

    private static string? WrongOf(IConfigurationProvider provider) => provider switch
    {
        EnvironmentVariablesConfigurationProvider => null,
        JsonConfigurationProvider { Source.Path: { } path } => Path.GetFileName(path) == UserSecrets
            ? null
            : $"in the file {path}, which lies beside the program",
        CommandLineConfigurationProvider => "on the command line, which every process list shows",
        _ => $"in {provider.GetType().Name}",
    };
}
