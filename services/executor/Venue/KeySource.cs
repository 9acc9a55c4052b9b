using Microsoft.Extensions.Configuration.UserSecrets;
using Quantum.Hosting;

namespace Quantum.Executor.Venue;

/// <summary>An exchange's key: taken from the environment or this user's secrets alone.</summary>
internal static class KeySource
{
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
            if (SecretPlace.WrongOf(configuration, name) is not { } place) continue;
            throw new StartupException(
                $"{name} stands {place}: remove it there, make a new key at the exchange, and set "
                + $"{name.Replace(":", "__", StringComparison.Ordinal)} in the environment, or with dotnet "
                + "user-secrets --id " + SecretsId() + $" set {name}.");
        }
    }

    private static string SecretsId() => typeof(KeySource).Assembly.GetCustomAttributes(false)
        .OfType<UserSecretsIdAttribute>().FirstOrDefault()?.UserSecretsId ?? "";
}
