using Quantum.Contracts.Events;
using Quantum.Hosting;

namespace Quantum.Governance.Watchdog;

/// <summary>How often the watchdog looks and whom it tells; the configuration section <c>Watchdog</c>.</summary>
public sealed record WatchdogSettings
{
    /// <summary>Between two looks, seconds, 1 to 3600.</summary>
    public int EverySeconds { get; init; } = 5;

    /// <summary>
    /// Seen in every look for this long, seconds, 0 to 3600, it is a finding; not seen for as long, it is gone.
    /// </summary>
    public int ConfirmSeconds { get; init; } = 15;

    /// <summary>
    /// After its start nothing is raised for this long, seconds, 0 to 3600: the services start one by one.
    /// </summary>
    public int StartSeconds { get; init; } = 60;

    /// <summary>What is critical and still on is told again after so many hours, 1 to 168.</summary>
    public int RemindHours { get; init; } = 6;

    /// <summary>The least severity that is worth an alert, from warning.</summary>
    public Severity AlertFrom { get; init; } = Severity.Warning;

    public WebhookSettings Webhook { get; init; } = new();

    public TelegramSettings Telegram { get; init; } = new();

    /// <summary>Throws a <see cref="StartupException"/> of one line that names the setting and the mend.</summary>
    public WatchdogSettings Checked()
    {
        Within(EverySeconds, 1, 3600, nameof(EverySeconds), "seconds");
        Within(ConfirmSeconds, 0, 3600, nameof(ConfirmSeconds), "seconds");
        Within(StartSeconds, 0, 3600, nameof(StartSeconds), "seconds");
        Within(RemindHours, 1, 168, nameof(RemindHours), "hours");
        if (AlertFrom is not (Severity.Warning or Severity.Critical))
            throw new StartupException($"Watchdog:AlertFrom is '{AlertFrom}': set it to Warning or Critical.");
        Webhook.Check();
        Telegram.Check();
        return this;
    }

    // Never with the value: an address may hold a secret.
    internal static void Address(string? text, string name)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new StartupException($"{name} is no address: set it to one that begins with https:// or http://.");
    }

    private static void Within(int value, int least, int most, string name, string unit)
    {
        if (value < least || value > most)
            throw new StartupException($"Watchdog:{name} is {value}: set it to {least} to {most} {unit}.");
    }
}

/// <summary>Where alerts are posted as JSON; <c>docs/ALERTS.md</c> shows the body.</summary>
public sealed record WebhookSettings
{
    public string? Url { get; init; }

    /// <summary>Signs the body; null sends it unsigned.</summary>
    public string? Secret { get; init; }

    public bool IsSet => !string.IsNullOrWhiteSpace(Url);

    internal void Check()
    {
        if (IsSet) WatchdogSettings.Address(Url, "Watchdog:Webhook:Url");
        else if (!string.IsNullOrWhiteSpace(Secret))
            throw new StartupException("Watchdog:Webhook:Secret is set, but Watchdog:Webhook:Url is not: set both.");
    }
}
