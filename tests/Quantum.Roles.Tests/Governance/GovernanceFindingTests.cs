using System.Text;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Governance;

namespace Quantum.Roles.Tests.Governance;

/// <summary>Which findings of the audit halt, and what lifts the halt.</summary>
public sealed class GovernanceFindingTests
{
    private const long Cooldown = 900_000;
    private readonly GovernanceBench _bench = new();

    [Theory]
    [InlineData("NO_ACTIVE_CONSUMER", "trade.intent", "executor", Severity.Critical)]
    [InlineData("NO_ACTIVE_CONSUMER", "trade.intent", "executor", Severity.Warning)]
    [InlineData("NO_ACTIVE_CONSUMER", "execution.result", "portfolio", Severity.Critical)]
    [InlineData("MISSING_GROUP", "execution.result", "exitbrain", Severity.Warning)]
    [InlineData("STUCK", "portfolio.snapshot_updated", "governance", Severity.Critical)]
    [InlineData("MIXED_MODES", "market.klines", null, Severity.Critical)]
    [InlineData("DESTROYED_UNREAD", "trade.intent", "executor", Severity.Critical)]
    [InlineData("DESTROYED_UNREAD", "order.command", "sim_venue", Severity.Critical)]
    [InlineData("DESTROYED_UNREAD", "execution.result", "trade_journal", Severity.Critical)]
    [InlineData("DESTROYED_PENDING", "order.update", "executor", Severity.Critical)]
    public void What_policy_names_halts_with_its_own_words(
        string code, string stream, string? role, Severity severity)
    {
        _bench.Find(code, stream, role, severity: severity);

        Assert.Equal(
            (RiskMode.Halt, 0, "audit_" + code.ToLowerInvariant(), $"{code} of {stream}"),
            (_bench.Last.RiskMode, _bench.Last.MaxPositions, _bench.Last.ReasonCode, _bench.Last.Reason));
    }

    [Theory]
    [InlineData("NO_ACTIVE_CONSUMER", "execution.result", "trade_journal", Severity.Critical)]
    [InlineData("NO_ACTIVE_CONSUMER", "market.tick", "executor", Severity.Warning)]
    [InlineData("STALE", "trade.intent", "executor", Severity.Warning)]
    [InlineData("DEAD_LETTERS", "trade.intent", null, Severity.Warning)]
    [InlineData("DESTROYED_UNREAD", "trade.closed", "portfolio", Severity.Critical)]
    [InlineData("DESTROYED_UNREAD", "trade.intent", "executor", Severity.Warning)]
    [InlineData("EVICTION_POLICY", null, null, Severity.Critical)]
    [InlineData("NO_ACTIVE_CONSUMER", "trade.wish", null, Severity.Critical)]
    public void What_policy_does_not_name_is_counted_and_changes_nothing(
        string code, string? stream, string? role, Severity severity)
    {
        _bench.Find(code, stream, role, severity: severity);

        Assert.Empty(_bench.Policies);
        Assert.Equal(1, _bench.Role.Counts["finding/not_in_policy"]);
    }

    [Theory]
    [InlineData("NO_ACTIVE_CONSUMER", "executor")]
    [InlineData("MIXED_MODES", null)]
    public void It_lifts_by_itself_after_the_finding_is_cleared_and_its_cooldown(string code, string? role)
    {
        _bench.Find(code, "trade.intent", role);
        Quiet(Cooldown * 3);
        Assert.Equal(RiskMode.Halt, _bench.Last.RiskMode);

        _bench.Role.Restart();
        _bench.Find(code, "trade.intent", role, state: FindingState.Cleared);
        Quiet(Cooldown - 60_000);
        Assert.Equal(RiskMode.Halt, _bench.Last.RiskMode);
        Quiet(120_000);
        Assert.Equal(RiskMode.Defensive, _bench.Last.RiskMode);
        Quiet(Cooldown);
        Assert.Equal((RiskMode.Normal, "cooldown_over"), (_bench.Last.RiskMode, _bench.Last.ReasonCode));
    }

    [Fact]
    public void An_operator_cannot_trade_without_a_guard()
    {
        _bench.Find("NO_ACTIVE_CONSUMER", "trade.intent", "executor");

        _bench.Order(ControlAction.Reset);
        _bench.Order(ControlAction.SetMode, RiskMode.Aggressive);

        Assert.Equal(RiskMode.Halt, _bench.Last.RiskMode);
    }

    [Fact]
    public void What_is_lost_waits_for_a_person_and_trips_again_only_when_more_is_lost()
    {
        _bench.Find("DESTROYED_UNREAD", "trade.intent", "executor", count: 2_000);
        _bench.Find("DESTROYED_UNREAD", "trade.intent", "executor", state: FindingState.Cleared);
        Quiet(Cooldown * 3);
        Assert.Equal(RiskMode.Halt, _bench.Last.RiskMode);
        _bench.Find("DESTROYED_UNREAD", "trade.intent", "executor", count: 2_000);

        _bench.Order(ControlAction.Reset);
        Assert.Equal((RiskMode.Normal, "reset"), (_bench.Last.RiskMode, _bench.Last.ReasonCode));
        _bench.Role.Restart();
        _bench.Find("DESTROYED_UNREAD", "trade.intent", "executor", count: 2_000, state: FindingState.Changed);
        Assert.Equal(RiskMode.Normal, _bench.Last.RiskMode);
        _bench.Find("DESTROYED_UNREAD", "trade.intent", "executor", count: 2_001, state: FindingState.Changed);

        Assert.Equal(
            (RiskMode.Halt, "audit_destroyed_unread"), (_bench.Last.RiskMode, _bench.Last.ReasonCode));
    }

    [Fact]
    public void Two_findings_of_one_stream_are_told_apart()
    {
        _bench.Find("NO_ACTIVE_CONSUMER", "execution.result", "portfolio");
        _bench.Find("NO_ACTIVE_CONSUMER", "execution.result", "exitbrain");
        _bench.Find("NO_ACTIVE_CONSUMER", "execution.result", "portfolio", state: FindingState.Cleared);
        Quiet(Cooldown * 3);
        Assert.Equal(RiskMode.Halt, _bench.Last.RiskMode);

        _bench.Find("NO_ACTIVE_CONSUMER", "execution.result", "exitbrain", state: FindingState.Cleared);
        Quiet(Cooldown * 3);
        Assert.Equal(RiskMode.Normal, _bench.Last.RiskMode);
    }

    [Fact]
    public void A_recording_is_not_halted()
    {
        var bench = new GovernanceBench(GovernanceSettings.For(isTape: true));

        bench.Find("NO_ACTIVE_CONSUMER", "trade.intent", "executor");

        Assert.Empty(bench.Policies);
        Assert.True(GovernanceSettings.For(isTape: false).Halts.OnFindings);
    }

    [Fact]
    public void Policy_is_what_the_settings_say()
    {
        var bench = new GovernanceBench(new GovernanceSettings { Halts = new HaltSettings { Guards = "portfolio" } });

        bench.Find("NO_ACTIVE_CONSUMER", "trade.intent", "executor");
        Assert.Empty(bench.Policies);
        bench.Find("NO_ACTIVE_CONSUMER", "execution.result", "portfolio");

        Assert.Equal(RiskMode.Halt, bench.Last.RiskMode);
    }

    [Fact]
    public void State_that_was_saved_before_there_were_findings_is_read()
    {
        var role = new GovernanceRole();
        const string Saved = """{"policy_version":7,"published_mode":"halt","kill_switch":true,"loss_streak":3}""";

        role.State.Load([new("governance", Encoding.UTF8.GetBytes(Saved))]);

        var saved = new Dictionary<string, string>();
        role.State.SaveAll((field, json) => saved[field] = Encoding.UTF8.GetString(json!));
        Assert.Contains("\"findings\":[]", saved["governance"], StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\"policy_version\":7", saved["governance"], StringComparison.Ordinal);
    }

    private void Quiet(long forMs)
    {
        for (var at = 0L; at < forMs; at += 60_000) _bench.After(60_000).Snapshot();
    }
}
