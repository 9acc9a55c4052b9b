using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Governance;

namespace Quantum.Roles.Tests.Governance;

/// <summary>Which restriction passes by itself, which waits for a person, and which of two counts.</summary>
public sealed class GovernanceLiftTests
{
    private const long Cooldown = 900_000;
    private readonly GovernanceBench _bench = new();

    public static TheoryData<string> Passing => new(
        "daily_drawdown", "exposure", "stale_marks", "portfolio_stale", "regime", "loss_streak");

    [Theory, MemberData(nameof(Passing))]
    public void What_passes_lifts_by_itself_once_its_cause_is_gone(string code)
    {
        _bench.Clock();
        switch (code)
        {
            case "daily_drawdown": _bench.Snapshot(daily: 0.02); break;
            case "exposure": _bench.Exposure(20_000m); break;
            case "regime": _bench.Market(Regime.Volatile); break;
            case "loss_streak": for (var i = 0; i < 5; i++) _bench.Trade(-1m); break;
            case "portfolio_stale": for (var i = 0; i < 140; i++) _bench.After(1_000).Clock(); break;
            default: for (var i = 0; i < 3; i++) _bench.After(60_000).Snapshot(staleMarks: 1); break;
        }

        Assert.Equal((RiskMode.Defensive, code), (_bench.Last.RiskMode, _bench.Last.ReasonCode));
        _bench.Exposure(0m);
        _bench.Market(Regime.Bull);
        Quiet(3 * Cooldown);

        Assert.Equal((RiskMode.Normal, "cooldown_over"), (_bench.Last.RiskMode, _bench.Last.ReasonCode));
    }

    [Fact]
    public void Lost_equity_waits_for_a_person()
    {
        _bench.Snapshot(equity: 0m);
        Quiet(3 * Cooldown);
        Assert.Equal(RiskMode.Halt, _bench.Last.RiskMode);
    }

    [Theory]
    [InlineData(0.05, 0)]
    [InlineData(0, 3)]
    public void What_a_person_took_note_of_does_not_trip_again_as_long_as_it_is_no_worse(double daily, int adjustments)
    {
        _bench.Snapshot(daily: daily, adjustments: adjustments);
        Assert.Equal(RiskMode.Halt, _bench.Last.RiskMode);
        _bench.Order(ControlAction.Reset);
        _bench.After(1_000).Snapshot(daily: daily, adjustments: adjustments);
        Assert.Equal((RiskMode.Normal, "reset"), (_bench.Last.RiskMode, _bench.Last.ReasonCode));
    }

    [Fact]
    public void Of_two_halts_the_one_that_needs_a_person_counts_whichever_was_first()
    {
        _bench.Find("MIXED_MODES", "market.klines");
        _bench.Snapshot(adjustments: 3);
        _bench.Find("MIXED_MODES", "market.klines", state: FindingState.Cleared);
        Quiet(3 * Cooldown);
        Assert.Equal(RiskMode.Halt, _bench.Last.RiskMode);

        var other = new GovernanceBench();
        other.Snapshot(peak: 0.2);
        other.After(1_000).Snapshot(daily: 0.05);
        for (var at = 0L; at < 3 * Cooldown; at += 60_000) other.After(60_000).Snapshot();
        Assert.Equal((RiskMode.Halt, "drawdown"), (other.Last.RiskMode, other.Last.ReasonCode));
    }

    [Fact]
    public void The_stricter_daily_limit_holds_from_the_very_news_that_made_the_mode_stricter()
    {
        var settings = new GovernanceSettings { DailyDrawdownDefensiveFraction = 0.045 };
        // Normal halts at 5 %, defensive at 3 %.
        var bench = new GovernanceBench(settings);
        bench.Snapshot(daily: 0.035, adjustments: 1);
        Assert.Equal((RiskMode.Halt, "daily_drawdown"), (bench.Last.RiskMode, bench.Last.ReasonCode));

        bench = new GovernanceBench(settings);
        bench.Snapshot(daily: 0.035);
        for (var i = 0; i < 5; i++) bench.Trade(-1m);
        Assert.Equal((RiskMode.Halt, "daily_drawdown"), (bench.Last.RiskMode, bench.Last.ReasonCode));

        // Also while a trip whose cause is gone still holds.
        bench = new GovernanceBench(settings);
        bench.Clock();
        bench.Market(Regime.Volatile);
        bench.Market(Regime.Bull);
        bench.After(1_000).Snapshot(daily: 0.035);
        Assert.Equal((RiskMode.Halt, "daily_drawdown"), (bench.Last.RiskMode, bench.Last.ReasonCode));
    }

    [Fact]
    public void A_streak_that_halted_and_passed_is_over()
    {
        for (var i = 0; i < 10; i++) _bench.Trade(-1m);
        Assert.Equal(RiskMode.Halt, _bench.Last.RiskMode);
        Quiet(3 * Cooldown);
        Assert.Equal(RiskMode.Normal, _bench.Last.RiskMode);

        for (var i = 0; i < 4; i++) _bench.Trade(-1m);

        Assert.Equal(RiskMode.Normal, _bench.Last.RiskMode);
    }

    [Fact]
    public void The_same_finding_on_two_streams_is_two_findings()
    {
        _bench.Find("MIXED_MODES", "market.klines");
        _bench.Find("MIXED_MODES", "trade.intent");
        _bench.Find("MIXED_MODES", "trade.intent", state: FindingState.Cleared);
        Quiet(3 * Cooldown);
        Assert.Equal(RiskMode.Halt, _bench.Last.RiskMode);
    }

    [Fact]
    public void An_older_snapshot_tells_nothing()
    {
        _bench.Snapshot();
        _bench.After(-1_000).Snapshot(daily: 0.06, peak: 0.3);
        Assert.Equal(RiskMode.Normal, _bench.Last.RiskMode);
    }

    [Theory]
    [InlineData(ControlAction.FeedPause)]
    [InlineData(ControlAction.Close)]
    public void A_word_that_is_for_others_is_not_even_counted(ControlAction word)
    {
        _bench.Order(word);
        Assert.Empty(_bench.Policies);
        Assert.Empty(_bench.Role.Counts);
    }

    private void Quiet(long forMs)
    {
        for (var at = 0L; at < forMs; at += 60_000) _bench.After(60_000).Snapshot();
    }
}
