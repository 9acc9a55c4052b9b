using System.ComponentModel.DataAnnotations;

namespace Quantum.Governance.Watchdog;

/// <summary>How often the watchdog looks and whom it tells.</summary>
[Section("Watchdog")]
public sealed record WatchdogSettings
{
    /// <summary>Between two looks, seconds.</summary>
    [Range(1, 3600)] public int EverySeconds { get; set; } = 5;

    /// <summary>Seen in every look for this long, seconds, it is a finding; not seen for as long, it is gone.</summary>
    [Range(0, 3600)] public int ConfirmSeconds { get; set; } = 15;

    /// <summary>After its start nothing is raised for this long, seconds: the services start one by one.</summary>
    [Range(0, 3600)] public int StartSeconds { get; set; } = 60;

    /// <summary>What is critical and still on is told again after so many hours.</summary>
    [Range(1, 168)] public int RemindHours { get; set; } = 6;

    /// <summary>The least severity that is worth an alert.</summary>
    [AllowedValues(Severity.Warning, Severity.Critical)] public Severity AlertFrom { get; set; } = Severity.Warning;

    /// <summary>Where alerts are posted.</summary>
    public WebhookSettings Webhook { get; set; } = new();

    /// <summary>The chat that is told.</summary>
    public TelegramSettings Telegram { get; set; } = new();
}

/// <summary>Where alerts are posted as JSON; <c>docs/ALERTS.md</c> shows the body.</summary>
public sealed record WebhookSettings : IValidatableObject
{
    /// <summary>Where to; not set posts nothing.</summary>
    [WebAddress] public string? Url { get; set; }

    /// <summary>Signs the body; not set sends it unsigned.</summary>
    [DataType(DataType.Password)] public string? Secret { get; set; }

    public bool IsSet => !string.IsNullOrWhiteSpace(Url);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsSet && !string.IsNullOrWhiteSpace(Secret))
            yield return new("is set, but Watchdog:Webhook:Url is not: set both", [nameof(Secret)]);
    }
}
