using Microsoft.Extensions.Configuration;
using Quantum.Contracts.Settings;

namespace Quantum.AppHost;

/// <summary>Where a deployment's alerts go; <c>docs/SETTINGS.md</c> lists the settings.</summary>
internal static class Alerts
{
    private const string Section = "Watchdog";

    /// <summary>What a manifest, which everyone may read, must not show, and the parameter that asks for it.</summary>
    private static readonly (string Setting, string Parameter)[] s_secrets =
    [
        ("Telegram:BotToken", "alert-telegram-bot-token"), ("Webhook:Url", "alert-webhook-url"),
        ("Webhook:Secret", "alert-webhook-secret"),
    ];

    /// <summary>
    /// Hands the settings of <c>Watchdog</c> to the service that is published, secrets as parameters which the
    /// deployment asks for. A run needs no hand: the service inherits the environment.
    /// </summary>
    public static IResourceBuilder<IResourceWithEnvironment> WithAlerts(
        this IResourceBuilder<IResourceWithEnvironment> service, IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsRunMode) return service;
        foreach (var (name, value) in builder.Configuration.GetSection(Section).AsEnumerable(makePathsRelative: true))
        {
            if (string.IsNullOrEmpty(value)) continue;
            var variable = SettingsCheck.VariableOf($"{Section}:{name}");
            var secret = s_secrets.FirstOrDefault(s => s.Setting.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (secret.Parameter is null) service.WithEnvironment(variable, value);
            else service.WithEnvironment(variable, builder.AddParameter(secret.Parameter, secret: true));
        }

        return service;
    }
}
