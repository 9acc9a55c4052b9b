using System.Text.RegularExpressions;
using Quantum.Hosting;

namespace Quantum.Governance.Watchdog;

/// <summary>The Telegram chat that is told.</summary>
public sealed partial record TelegramSettings
{
    public string? BotToken { get; init; }

    /// <summary>The chat's number, or the @name of a channel.</summary>
    public string? ChatId { get; init; }

    public string ApiUrl { get; init; } = "https://api.telegram.org";

    public bool IsSet => !string.IsNullOrWhiteSpace(BotToken);

    internal void Check()
    {
        WatchdogSettings.Address(ApiUrl, "Watchdog:Telegram:ApiUrl");
        if (IsSet != !string.IsNullOrWhiteSpace(ChatId))
            throw new StartupException(IsSet
                ? "Watchdog:Telegram:BotToken is set, but Watchdog:Telegram:ChatId is not: set both."
                : "Watchdog:Telegram:ChatId is set, but Watchdog:Telegram:BotToken is not: set both.");
        if (IsSet && !Token().IsMatch(BotToken!))
            throw new StartupException(
                "Watchdog:Telegram:BotToken is no bot token: set it to the one that @BotFather gave, 123456:ABC….");
    }

    [GeneratedRegex("^[0-9]+:[A-Za-z0-9_-]+$")]
    private static partial Regex Token();
}
