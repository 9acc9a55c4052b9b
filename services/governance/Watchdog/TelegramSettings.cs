using System.ComponentModel.DataAnnotations;

namespace Quantum.Governance.Watchdog;

/// <summary>The Telegram chat that is told.</summary>
public sealed record TelegramSettings : IValidatableObject
{
    /// <summary>Whose bot writes; not set tells nobody.</summary>
    [DataType(DataType.Password)]
    [RegularExpression("[0-9]+:[A-Za-z0-9_-]+", ErrorMessage = "the token that @BotFather gave, 123456:ABC…")]
    public string? BotToken { get; set; }

    /// <summary>The chat's number, or the @name of a channel.</summary>
    public string? ChatId { get; set; }

    /// <summary>Where the bot's interface answers.</summary>
    [Required, WebAddress] public string ApiUrl { get; set; } = "https://api.telegram.org";

    public bool IsSet => !string.IsNullOrWhiteSpace(BotToken);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsSet == !string.IsNullOrWhiteSpace(ChatId)) yield break;
        yield return IsSet
            ? new("is set, but Watchdog:Telegram:ChatId is not: set both", [nameof(BotToken)])
            : new("is set, but Watchdog:Telegram:BotToken is not: set both", [nameof(ChatId)]);
    }
}
