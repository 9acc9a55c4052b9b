using FsCheck.Xunit;
using Quantum.Contracts.Units;
using Quantum.Roles.Governance;

namespace Quantum.Roles.Tests.Governance;

/// <summary>What trips, how long it holds, and who may lift it.</summary>
public sealed class GovernanceTripTests
{
    private const long Cooldown = 900_000;
    private readonly GovernanceBench _bench = new();

    [Theory]
    [InlineData(0.0199, 0, 0, RiskMode.Normal, "start")]
    [InlineData(0.02, 0, 0, RiskMode.Defensive, "daily_drawdown")]
    [InlineData(0.05, 0, 0, RiskMode.Halt, "daily_drawdown")]
    [InlineData(0, 0.0999, 0, RiskMode.Normal, "start")]
    [InlineData(0, 0.10, 0, RiskMode.Defensive, "drawdown")]
    [InlineData(0, 0.20, 0, RiskMode.Halt, "drawdown")]
    [InlineData(0, 0, 1, RiskMode.Defensive, "position_mismatch")]
    [InlineData(0, 0, 3, RiskMode.Halt, "position_mismatch")]
    [InlineData(0.05, 0.10, 1, RiskMode.Halt, "daily_drawdown")]
    public void The_portfolio_trips(double daily, double peak, int adjustments, RiskMode mode, string code)
    {
        _bench.Snapshot(daily, peak, adjustments);

        Assert.Equal((mode, code), (_bench.Last.RiskMode, _bench.Last.ReasonCode));
        Assert.Equal(RiskMode.Normal, _bench.Last.PreviousMode);
    }

    [Fact]
    public void On_defensive_the_smaller_daily_limit_halts()
    {
        _bench.Snapshot(daily: 0.02);
        _bench.After(1_000).Snapshot(daily: 0.03);

        Assert.Equal(
            (RiskMode.Halt, RiskMode.Defensive, 3L),
            (_bench.Last.RiskMode, _bench.Last.PreviousMode, _bench.Last.PolicyVersion));
    }

    [Theory]
    [InlineData(0.0299, RiskMode.Defensive)]
    [InlineData(0.03, RiskMode.Halt)]
    [InlineData(0.04, RiskMode.Halt)]
    public void The_same_loss_ends_in_the_same_mode_at_once_or_step_by_step(double daily, RiskMode mode)
    {
        _bench.Snapshot(daily);
        Assert.Equal(mode, _bench.Last.RiskMode);
        var slow = new GovernanceBench();
        slow.Snapshot(0.02);
        for (var i = 1; i <= 4; i++) slow.After(1_000).Snapshot(0.02 + (daily - 0.02) * i / 4);
        Assert.Equal(mode, slow.Last.RiskMode);
    }

    [Fact]
    public void The_limit_is_that_of_the_policy_in_force_also_when_another_cause_made_it_stricter()
    {
        var settings = new GovernanceSettings { DailyDrawdownDefensiveFraction = 0.045 };
        foreach (var lossFirst in (bool[])[true, false])
        {
            var bench = new GovernanceBench(settings);
            if (lossFirst) bench.Snapshot(daily: 0.035);
            if (lossFirst) Assert.Equal(RiskMode.Normal, bench.Last.RiskMode);
            bench.After(1_000).Snapshot(daily: 0.035, adjustments: 1);
            bench.After(1_000).Snapshot(daily: 0.035, adjustments: 1);
            Assert.Equal((RiskMode.Halt, "daily_drawdown"), (bench.Last.RiskMode, bench.Last.ReasonCode));
        }
    }

    [Fact]
    public void Lost_equity_halts_until_a_person_resets()
    {
        _bench.Snapshot(equity: 0m);

        Assert.Equal((RiskMode.Halt, "equity"), (_bench.Last.RiskMode, _bench.Last.ReasonCode));
    }

    [Theory]
    [InlineData(4, RiskMode.Normal)]
    [InlineData(5, RiskMode.Defensive)]
    [InlineData(9, RiskMode.Defensive)]
    [InlineData(10, RiskMode.Halt)]
    public void Losing_trades_in_a_row_trip(int losses, RiskMode mode)
    {
        for (var i = 0; i < losses; i++) _bench.After(1_000).Trade(-1m);

        Assert.Equal(mode, _bench.Last.RiskMode);
    }

    [Fact]
    public void A_win_breaks_the_streak()
    {
        foreach (var pnl in (decimal[])[-1, -1, -1, -1, 0, -1, -1, -1, -1]) _bench.After(1_000).Trade(pnl);

        Assert.Single(_bench.Policies);
    }

    [Fact]
    public void A_streak_steps_down_by_time_where_nothing_can_win_but_slow_losses_still_halt()
    {
        for (var i = 0; i < 5; i++) _bench.After(1_000).Trade(-1m);
        _bench.After(Cooldown - 1).Snapshot();
        Assert.Equal(RiskMode.Defensive, _bench.Last.RiskMode);
        _bench.After(Cooldown - 1).Snapshot();
        Assert.Equal(RiskMode.Defensive, _bench.Last.RiskMode);
        _bench.After(1).Snapshot();
        Assert.Equal((RiskMode.Normal, "cooldown_over"), (_bench.Last.RiskMode, _bench.Last.ReasonCode));

        for (var i = 0; i < 4; i++) _bench.After(Cooldown).Trade(-1m);
        Assert.Equal(RiskMode.Normal, _bench.Last.RiskMode);
        _bench.After(1_000).Trade(-1m);
        Assert.Equal(RiskMode.Halt, _bench.Last.RiskMode);
    }

    [Fact]
    public void A_halt_steps_back_over_defensive_and_only_after_its_cause_is_gone()
    {
        _bench.Snapshot(daily: 0.05);
        for (var i = 0; i < 40; i++) _bench.After(60_000).Snapshot(daily: 0.05);
        Assert.Equal(2, _bench.Policies.Count);

        for (var i = 0; i < 40; i++) _bench.After(60_000).Snapshot();

        Assert.Equal(
            [RiskMode.Normal, RiskMode.Halt, RiskMode.Defensive, RiskMode.Normal],
            _bench.Policies.Select(p => p.RiskMode));
        Assert.Equal(
            [RiskMode.Normal, RiskMode.Normal, RiskMode.Halt, RiskMode.Defensive],
            _bench.Policies.Select(p => p.PreviousMode));
        Assert.Equal([1L, 2L, 3L, 4L], _bench.Policies.Select(p => p.PolicyVersion));
    }

    [Fact]
    public void What_needs_a_person_waits_for_one_and_trips_again_only_when_it_gets_worse()
    {
        _bench.Snapshot(peak: 0.2);
        for (var i = 0; i < 60; i++) _bench.After(60_000).Snapshot(peak: 0.05);
        Assert.Equal(RiskMode.Halt, _bench.Last.RiskMode);
        _bench.After(1_000).Snapshot(peak: 0.21);

        _bench.Order(ControlAction.Reset);
        Assert.Equal((RiskMode.Normal, "reset"), (_bench.Last.RiskMode, _bench.Last.ReasonCode));
        _bench.After(1_000).Snapshot(peak: 0.3);
        Assert.Equal(RiskMode.Normal, _bench.Last.RiskMode);
        _bench.After(1_000).Snapshot(peak: 0.31);

        Assert.Equal(RiskMode.Defensive, _bench.Last.RiskMode);
    }

    [Fact]
    public void What_was_acknowledged_counts_anew_once_it_was_gone()
    {
        _bench.Snapshot(peak: 0.2);
        _bench.Order(ControlAction.Reset);
        _bench.After(1_000).Snapshot(peak: 0);

        _bench.After(1_000).Snapshot(peak: 0.2);

        Assert.Equal(RiskMode.Halt, _bench.Last.RiskMode);
    }

    [Fact]
    public void The_operator_cannot_override_a_trip_by_setting_the_mode()
    {
        _bench.Snapshot(peak: 0.2);

        _bench.Order(ControlAction.SetMode, RiskMode.Aggressive);

        Assert.Equal(RiskMode.Halt, _bench.Last.RiskMode);
    }

    [Fact]
    public void A_portfolio_that_falls_silent_trips_and_comes_back()
    {
        _bench.Snapshot();
        Tick(times: 120, stepMs: 1_000);
        Assert.Single(_bench.Policies);
        Tick(times: 10, stepMs: 1_000);
        Assert.Equal((RiskMode.Defensive, "portfolio_stale"), (_bench.Last.RiskMode, _bench.Last.ReasonCode));
        Tick(times: 170, stepMs: 1_000);
        Assert.Equal(RiskMode.Halt, _bench.Last.RiskMode);

        for (var i = 0; i < 40; i++) _bench.After(60_000).Snapshot();
        Assert.Equal(RiskMode.Normal, _bench.Last.RiskMode);
    }

    [Fact]
    public void A_portfolio_that_never_speaks_is_stale_too()
    {
        Tick(times: 140, stepMs: 1_000);

        Assert.Equal(RiskMode.Defensive, _bench.Last.RiskMode);
    }

    [Fact]
    public void After_a_pause_of_our_own_the_unread_news_is_not_stale()
    {
        _bench.Snapshot();
        _bench.Role.Restart();

        _bench.After(3_600_000).Clock();
        _bench.After(1_000).Snapshot();
        _bench.After(10_000).Clock();

        Assert.Single(_bench.Policies);
    }

    [Theory]
    [InlineData(119_000, RiskMode.Normal)]
    [InlineData(120_000, RiskMode.Defensive)]
    public void Marks_that_stay_stale_trip(long forMs, RiskMode mode)
    {
        _bench.Snapshot(staleMarks: 1);
        for (var at = 0L; at < forMs; at += 1_000) _bench.After(1_000).Snapshot(staleMarks: 1);

        Assert.Equal(mode, _bench.Last.RiskMode);
    }

    [Fact]
    public void Marks_that_were_fresh_between_count_anew()
    {
        for (var i = 0; i < 10; i++) _bench.After(60_000).Snapshot(staleMarks: i % 2);

        Assert.Single(_bench.Policies);
    }

    [Theory]
    [InlineData(18_750, RiskMode.Normal)]
    [InlineData(18_751, RiskMode.Defensive)]
    public void Exposure_beyond_tolerance_trips(int grossUsd, RiskMode mode)
    {
        _bench.Exposure(grossUsd);

        Assert.Equal(mode, _bench.Last.RiskMode);
    }

    [Theory]
    [InlineData(Regime.Volatile, 0.7, null, RiskMode.Defensive)]
    [InlineData(Regime.Volatile, 0.69, null, RiskMode.Normal)]
    [InlineData(Regime.Volatile, 0.9, "BTCUSDT", RiskMode.Normal)]
    [InlineData(Regime.Bear, 0.9, null, RiskMode.Normal)]
    public void A_volatile_market_is_defensive(Regime regime, double confidence, string? symbol, RiskMode mode)
    {
        _bench.Clock();
        _bench.Market(regime, confidence, symbol is null ? null : Symbol.Parse(symbol));

        Assert.Equal(mode, _bench.Last.RiskMode);
    }

    /// <summary>
    /// Whatever happens: versions rise by one, previous is what was, and each policy differs from the one before.
    /// </summary>
    [Property(MaxTest = 100)]
    public void Versions_rise_and_previous_is_right(int[] steps)
    {
        foreach (var step in steps)
        {
            _bench.After(Math.Abs(step % 10) * 100_000L);
            switch (Math.Abs(step % 8))
            {
                case 0: _bench.Snapshot(daily: Math.Abs(step % 9) / 100d, peak: Math.Abs(step % 25) / 100d); break;
                case 1: _bench.Trade(step % 3 - 1); break;
                case 2: _bench.Order(ControlAction.KillOn); break;
                case 3: _bench.Order(ControlAction.KillOff); break;
                case 4: _bench.Order(ControlAction.Reset); break;
                case 5: _bench.Order(ControlAction.SetMode, (RiskMode)Math.Abs(step % 4)); break;
                case 6: _bench.Role.Restart(); break;
                default: _bench.Clock(); break;
            }
        }

        for (var i = 1; i < _bench.Policies.Count; i++)
        {
            var (before, now) = (_bench.Policies[i - 1], _bench.Policies[i]);
            Assert.Equal(before.PolicyVersion + 1, now.PolicyVersion);
            Assert.Equal(before.RiskMode, now.PreviousMode);
            Assert.NotEqual((before.RiskMode, before.KillSwitch), (now.RiskMode, now.KillSwitch));
        }
    }

    [Fact]
    public void Ten_losing_trades_made_to_learn_halt_nothing()
    {
        for (var i = 0; i < 10; i++) _bench.Trade(-1, isExploration: true);
        Assert.All(_bench.Policies, policy => Assert.Equal(RiskMode.Normal, policy.RiskMode));
    }

    private void Tick(int times, long stepMs)
    {
        for (var i = 0; i < times; i++) _bench.After(stepMs).Clock();
    }
}
