using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Configuration.UserSecrets;
using Quantum.Hosting;

namespace Quantum.Executor.Venue;

/// <summary>
/// Where an exchange's key may stand: in the environment, or in this user's secrets. A command line is shown by every
/// process list, and a settings file lies beside the program and goes where that goes.
/// </summary>
internal static class KeySource
{
    private const string Secrets = "secrets.json";

    private static readonly string[] s_names = ["Binance:ApiKey", "Binance:ApiSecret"];

    /// <summary>Adds this user's secrets, below everything else that is set.</summary>
    public static void AddSecrets(ConfigurationManager configuration)
    {
        var secrets = new ConfigurationBuilder().AddUserSecrets(typeof(KeySource).Assembly, optional: true).Build();
        ((IConfigurationBuilder)configuration).Sources.Insert(
            0, new ChainedConfigurationSource { Configuration = secrets, ShouldDisposeConfiguration = true });
    }

    /// <summary>
    /// Throws <see cref="StartupException"/> when a key stands elsewhere; names where, and never the key.
    /// </summary>
    public static void Check(IConfiguration configuration)
    {
        foreach (var name in s_names)
        {
            foreach (var provider in ProvidersOf(configuration))
            {
                if (!provider.TryGet(name, out var value) || string.IsNullOrWhiteSpace(value)) continue;
                if (WrongPlaceOf(provider) is not { } place) continue;
                throw new StartupException(
                    $"{name} stands {place}: remove it there, make a new key at the exchange, and set "
                    + $"{name.Replace(":", "__", StringComparison.Ordinal)} in the environment, or with dotnet "
                    + "user-secrets --id " + SecretsId() + $" set {name}.");
            }
        }
    }

    private static string SecretsId() => typeof(KeySource).Assembly.GetCustomAttributes(false)
        .OfType<UserSecretsIdAttribute>().FirstOrDefault()?.UserSecretsId ?? "";

    private static IEnumerable<IConfigurationProvider> ProvidersOf(IConfiguration configuration) =>
        configuration is not IConfigurationRoot root
            ? []
            : root.Providers.SelectMany(provider => provider is ChainedConfigurationProvider chained
                ? ProvidersOf(chained.Configuration)
                : [provider]);

    private static string? WrongPlaceOf(IConfigurationProvider provider) => provider switch
    {
        EnvironmentVariablesConfigurationProvider => null,
        JsonConfigurationProvider { Source.Path: { } path } => Path.GetFileName(path) == Secrets
            ? null
            : $"in the file {path}, which lies beside the program",
        Microsoft.Extensions.Configuration.CommandLine.CommandLineConfigurationProvider =>
            "on the command line, which every process list shows",
        _ => $"in {provider.GetType().Name}",
    };
}
