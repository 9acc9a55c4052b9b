using Quantum.Contracts.Catalog;

namespace Quantum.Services.Tests.Watchdog;

/// <summary>What the watchdog tells of a system that is not well, and to whom.</summary>
[Collection(nameof(WatchdogTests))]
public sealed class WatchdogTests : WatchdogWorld
{
    [Fact]
    public async Task The_audited_case_halts_and_is_told_once_until_a_reader_appears()
    {
        BuildAuditedCase();
        using (var first = await StartAsync())
        {
            await UntilAsync(() => Policies().Any(policy =>
                policy["risk_mode"] == "halt" && policy["reason_code"].StartsWith("audit_", StringComparison.Ordinal)));
            await UntilAsync(() => IsRemembered() && Raised(Telegram).Count > 0);
            await LooksAsync(5);
            await UntilAsync(() => first.Output.Contains("NO_ACTIVE_CONSUMER", StringComparison.Ordinal));
            Assert.DoesNotContain("hush", first.Output + first.Errors, StringComparison.Ordinal);
        }

        var finding = Assert.Single(Findings("raised"));
        Assert.Equal(("executor", "10014", "critical"), (finding["role"], finding["count"], finding["severity"]));
        AssertToldOnce();
        using var second = await StartAsync();
        await LooksAsync(5);
        AssertToldOnce();
        Assert.Single(Findings("raised"));

        using var executor = await ServiceProcess.StartAsync(
            "Quantum.Executor", $"ConnectionStrings:redis={Redis.ConnectionString}");
        await UntilAsync(() => Told(Webhook, "cleared").Count == 1);
        await UntilAsync(() => Findings("cleared").Count == 1);
        AssertToldOnce();
    }

    [Fact]
    public async Task A_redis_that_is_away_is_told_directly_and_then_that_it_is_back()
    {
        using var governance = await StartAsync();
        await LooksAsync(1);
        Redis.Kill();
        await UntilAsync(() => Told(Webhook, "raised", "COULD_NOT_LOOK").Count == 1);
        await UntilAsync(() => governance.Output.Contains("COULD_NOT_LOOK", StringComparison.Ordinal));
        Redis.StartAgain();
        await UntilAsync(() => Told(Webhook, "cleared", "COULD_NOT_LOOK").Count == 1);
        Assert.Single(Told(Webhook, "raised", "COULD_NOT_LOOK"));
    }

    [Fact]
    public async Task On_a_recording_it_is_told_and_changes_nothing_in_the_run()
    {
        BuildAuditedCase();
        using var governance = await StartAsync("Quantum:Tape=true");
        await UntilAsync(() => Raised(Webhook).Count == 1);
        await LooksAsync(3);
        Assert.Empty(Entries.Of(StreamCatalog.AuditFinding));
        Assert.DoesNotContain(Policies(), policy => policy["risk_mode"] == "halt");
    }
}
