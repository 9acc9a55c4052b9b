using Quantum.Contracts.Events;
using Quantum.Contracts.Settings;
using Quantum.Governance.Watchdog;
using Quantum.Hosting;

namespace Quantum.Services.Tests.Watchdog;

public sealed class WatchdogSettingsTests
{
    private const string Token = "123456:hush_hush";

    public static TheoryData<WatchdogSettings, string> Bad => new()
    {
        { new() { EverySeconds = 0 }, "Watchdog:EverySeconds is 0: set it to 1 to 3600 seconds." },
        { new() { EverySeconds = 3601 }, "Watchdog:EverySeconds is 3601" },
        { new() { ConfirmSeconds = -1 }, "Watchdog:ConfirmSeconds is -1: set it to 0 to 3600 seconds." },
        { new() { StartSeconds = 3601 }, "Watchdog:StartSeconds is 3601: set it to 0 to 3600 seconds." },
        { new() { RemindHours = 0 }, "Watchdog:RemindHours is 0: set it to 1 to 168 hours." },
        { new() { AlertFrom = Severity.Info }, "AlertFrom is 'Info': set it to one of warning, critical." },
        { new() { Webhook = new() { Url = "hush" } }, "Webhook:Url cannot be used: set it to an address" },
        { new() { Webhook = new() { Url = "ftp://hush" } }, "Webhook:Url cannot be used: set it to an address" },
        { new() { Webhook = new() { Secret = "hush" } }, "Watchdog:Webhook:Url is not: set both" },
        { new() { Telegram = new() { BotToken = Token } }, "Watchdog:Telegram:ChatId is not: set both" },
        { new() { Telegram = new() { ChatId = "hush" } }, "Watchdog:Telegram:BotToken is not: set both" },
        { new() { Telegram = new() { BotToken = "hush", ChatId = "1" } }, "Watchdog:Telegram:BotToken cannot be used" },
        { new() { Telegram = new() { ApiUrl = "hush" } }, "Watchdog:Telegram:ApiUrl cannot be used" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_cannot_be_used_is_one_line_without_the_secret(WatchdogSettings settings, string words)
    {
        var fault = Assert.Throws<ArgumentException>(settings.Checked);
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
        Assert.DoesNotContain("hush", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_and_full_settings_are_taken()
    {
        new WatchdogSettings().Checked();
        new WatchdogSettings
        {
            Webhook = new() { Url = "https://example.org/hook", Secret = "hush" },
            Telegram = new() { BotToken = Token, ChatId = "-1001" },
        }.Checked();
    }

    [Theory]
    [InlineData("Watchdog:EverySeconds=0", "Watchdog:EverySeconds is 0")]
    [InlineData("Watchdog:EverySecond=5", "Watchdog:EverySecond is no setting")]
    [InlineData("Watchdog:Telegram:BotToken=123456:hush_hush", "Watchdog:Telegram:ChatId is not: set both")]
    public void The_service_refuses_to_start_with_one_line(string setting, string words)
    {
        var (code, errors, output) = ServiceProcess.RunToEnd(
            "Quantum.Governance", "ConnectionStrings:redis=127.0.0.1:1", setting);
        Assert.Equal(QuantumHosting.CannotStart, code);
        var line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("cannot start: ", line, StringComparison.Ordinal);
        Assert.Contains(words, line, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", errors + output, StringComparison.Ordinal);
    }
}
