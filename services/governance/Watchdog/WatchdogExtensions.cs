using Quantum.Governance.Alerts;
using Quantum.Hosting;
using Quantum.Roles.Governance;

namespace Quantum.Governance.Watchdog;

/// <summary>Adds the watchdog to the service.</summary>
public static class WatchdogExtensions
{
    /// <summary>
    /// Adds it with the settings of the section <c>Watchdog</c>; throws <see cref="StartupException"/> when one of
    /// them cannot be used.
    /// </summary>
    /// <param name="builder">The service.</param>
    /// <param name="halts">What governance halts on.</param>
    public static void AddWatchdog(this WebApplicationBuilder builder, HaltSettings halts)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var settings = builder.Configuration.SettingsOf<WatchdogSettings>();
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(halts);
        builder.Services.AddSingleton<WatchdogMeter>();
        builder.Services.AddSingleton<FindingPublisher>();
        builder.Services.AddAlertPosts();
        builder.Services.AddSingleton(services => new AlertChannels(
            ChannelsOf(settings, services.GetRequiredService<AlertPost>()), settings.AlertFrom,
            WireNames.Of(services.GetRequiredService<QuantumOptions>().Mode),
            services.GetRequiredService<WatchdogMeter>(), services.GetRequiredService<ILogger<AlertChannels>>(),
            services.GetRequiredService<TimeProvider>()));
        builder.Services.AddHostedService<WatchdogService>();
    }

    /// <summary>The channels that are set up.</summary>
    public static IEnumerable<IAlertChannel> ChannelsOf(WatchdogSettings settings, AlertPost post)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Webhook.IsSet) yield return new WebhookChannel(settings.Webhook, post);
        if (settings.Telegram.IsSet) yield return new TelegramChannel(settings.Telegram, post);
    }
}
