using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Roles.Governance;

namespace Quantum.Roles.Tests.Governance;

/// <summary>
/// The policy: its start, its versions, the operator's word, and that the kill switch is never forgotten.
/// </summary>
public sealed class GovernanceRoleTests
{
    private readonly GovernanceBench _bench = new();

    [Fact]
    public void The_first_input_brings_version_1()
    {
        _bench.Clock();

        var policy = Assert.Single(_bench.Policies);
        Assert.Equal((1L, "start", "governance"), (policy.PolicyVersion, policy.ReasonCode, policy.UpdatedBy));
        Assert.Equal(
            (RiskMode.Normal, RiskMode.Normal, false), (policy.RiskMode, policy.PreviousMode, policy.KillSwitch));
        Assert.Equal((5, 0.015, 0.05, 30, 0.5),
            (policy.MaxLeverage, policy.RiskPerTradeFraction, policy.DailyLossLimitFraction, policy.MaxPositions,
                policy.MinConfidence));
        Assert.Empty(policy.AllowedSymbols);
    }

    [Fact]
    public void Nothing_new_publishes_nothing()
    {
        _bench.Clock();
        _bench.After(1_000).Snapshot();
        _bench.After(1_000).Exposure(5_000m);
        _bench.After(1_000).Trade(5m);
        _bench.After(1_000).Market(Regime.Bull);
        _bench.Role.Restart();
        _bench.After(1_000).Clock();

        Assert.Single(_bench.Policies);
    }

    [Theory]
    [InlineData(RiskMode.Aggressive, 7, 0.03, 0.06, 15, 0.45)]
    [InlineData(RiskMode.Defensive, 3, 0.0075, 0.03, 10, 0.60)]
    [InlineData(RiskMode.Halt, 3, 0.0075, 0.03, 0, 0.60)]
    public void The_operator_sets_the_mode(
        RiskMode mode, int leverage, double risk, double daily, int positions, double confidence)
    {
        _bench.Clock();

        _bench.Order(ControlAction.SetMode, mode);

        var policy = _bench.Last;
        Assert.Equal((2L, mode, RiskMode.Normal), (policy.PolicyVersion, policy.RiskMode, policy.PreviousMode));
        Assert.Equal(("set_mode", "because", "anna"), (policy.ReasonCode, policy.Reason!, policy.UpdatedBy));
        Assert.Equal((leverage, risk, daily, positions, confidence),
            (policy.MaxLeverage, policy.RiskPerTradeFraction, policy.DailyLossLimitFraction, policy.MaxPositions,
                policy.MinConfidence));
    }

    [Fact]
    public void The_kill_switch_survives_restarts_and_trips_until_it_is_switched_off()
    {
        _bench.Order(ControlAction.KillOn);
        Assert.Equal([1L, 2L], _bench.Policies.Select(policy => policy.PolicyVersion));
        Assert.Equal(
            (true, RiskMode.Normal, "kill_on"), (_bench.Last.KillSwitch, _bench.Last.RiskMode, _bench.Last.ReasonCode));

        _bench.Role.Restart();
        _bench.After(1_000).Snapshot(peak: 0.25);
        Assert.Equal((RiskMode.Halt, true), (_bench.Last.RiskMode, _bench.Last.KillSwitch));
        _bench.Order(ControlAction.Reset);
        Assert.Equal((RiskMode.Normal, true), (_bench.Last.RiskMode, _bench.Last.KillSwitch));
        _bench.Role.Restart();
        _bench.Order(ControlAction.KillOff);

        Assert.Equal(
            (5L, false, "kill_off"), (_bench.Last.PolicyVersion, _bench.Last.KillSwitch, _bench.Last.ReasonCode));
    }

    public static TheoryData<ControlAction[], string, bool, bool> Words => new()
    {
        { [ControlAction.Flatten], "flatten", true, true },
        { [ControlAction.Flatten, ControlAction.Flatten], "flatten", true, true },
        { [ControlAction.KillOn, ControlAction.Flatten], "kill_on flatten", true, true },
        { [ControlAction.Flatten, ControlAction.KillOn], "flatten", true, true },
        { [ControlAction.Flatten, ControlAction.Reset], "flatten", true, true },
        { [ControlAction.Flatten, ControlAction.KillOff], "flatten kill_off", false, false },
        {
            [ControlAction.Flatten, ControlAction.KillOff, ControlAction.KillOn], "flatten kill_off kill_on", true,
            false
        },
        // The market's words are not governance's, nor those about one position.
        { [ControlAction.FeedPause, ControlAction.FeedResume], "", false, false },
        { [ControlAction.Adopt, ControlAction.Close, ControlAction.MoveStop], "", false, false },
    };

    [Theory, MemberData(nameof(Words))]
    public void Flatten_goes_with_the_kill_switch_and_ends_with_it(
        ControlAction[] words, string codes, bool kill, bool flatten)
    {
        _bench.Clock();
        foreach (var word in words)
        {
            _bench.After(1_000).Order(word);
            _bench.Role.Restart();
        }

        Assert.Equal(codes, string.Join(' ', _bench.Policies.Skip(1).Select(policy => policy.ReasonCode)));
        Assert.Equal((kill, flatten), (_bench.Last.KillSwitch, _bench.Last.FlattenSinceMs is not null));
        if (flatten) Assert.Equal(("because", "anna"), (_bench.Last.Reason!, _bench.Last.UpdatedBy));
        var before = _bench.Last;
        _bench.After(1_000).Snapshot(peak: 0.25);
        Assert.Equal(before.FlattenSinceMs, _bench.Last.FlattenSinceMs);
    }

    [Fact]
    public void A_word_that_changes_nothing_is_counted_and_makes_no_version()
    {
        _bench.Order(ControlAction.KillOff);
        _bench.Order(ControlAction.SetMode, RiskMode.Normal);

        Assert.Single(_bench.Policies);
        Assert.Equal(2, _bench.Role.Counts["control/no_change"]);
    }

    [Fact]
    public void Allowed_symbols_come_from_the_settings()
    {
        var bench = new GovernanceBench(new GovernanceSettings { AllowedSymbols = Portfolio.Results.Eth.Name });
        bench.Clock();

        Assert.Equal([Portfolio.Results.Eth], bench.Last.AllowedSymbols);
    }

    [Fact]
    public void Every_stream_of_the_catalog_has_its_handler() => Assert.Equal(
        StreamCatalog.ReadBy("governance").Select(stream => stream.Name).Order(),
        new GovernanceRole().Subscriptions.Select(subscription => subscription.Stream.Name).Order());

    public static TheoryData<GovernanceSettings, string> Impossible => new()
    {
        { With(normal => normal with { MaxLeverage = 0 }), "Governance:Normal:MaxLeverage is 0: set it to 1 to 125" },
        { With(normal => normal with { MaxGrossExposureFraction = 0 }), "MaxGrossExposureFraction is 0" },
        { With(normal => normal with { MaxSymbolExposureFraction = 2 }), "MaxSymbolExposureFraction is 2" },
        { With(normal => normal with { RiskPerTradeFraction = 0.2 }), "RiskPerTradeFraction is 0.2" },
        { With(normal => normal with { DailyLossLimitFraction = 1 }), "DailyLossLimitFraction is 1" },
        { With(normal => normal with { MaxPositions = -1 }), "MaxPositions is -1" },
        { With(normal => normal with { MinConfidence = 1.5 }), "MinConfidence is 1.5" },
        { new() { DailyDrawdownDefensiveFraction = 0 }, "DailyDrawdownDefensiveFraction" },
        { new() { PeakDrawdownDefensiveFraction = 0 }, "PeakDrawdownDefensiveFraction" },
        { new() { PeakDrawdownHaltFraction = 0.1 }, "PeakDrawdownHaltFraction" },
        { new() { LossStreakDefensive = 0 }, "LossStreakDefensive" },
        { new() { LossStreakHalt = 5 }, "LossStreakHalt" },
        { new() { StaleDefensiveMs = 0 }, "StaleDefensiveMs" },
        { new() { StaleHaltMs = 120_000 }, "StaleHaltMs" },
        { new() { StaleConfirmMs = -1 }, "StaleConfirmMs" },
        { new() { AdjustmentsDefensive = 0 }, "AdjustmentsDefensive" },
        { new() { AdjustmentsHalt = 1 }, "AdjustmentsHalt" },
        { new() { ExposureToleranceFactor = 1 }, "ExposureToleranceFactor" },
        { new() { VolatileConfidence = 2 }, "VolatileConfidence" },
        { new() { CooldownMs = -1 }, "CooldownMs" },
        { new() { AllowedSymbols = "BTCUSDT btc-usdt" }, "Governance:AllowedSymbols names 'btc-usdt'" },
        {
            new() { Halts = new() { Guards = "executor ghost" } },
            "Governance:Halts:Guards is 'executor ghost': set it to words of "
        },
        { new() { Halts = new() { OrderStreams = "trade.wish" } }, "Halts:OrderStreams is 'trade.wish'" },
        { new() { Halts = new() { GuardFindings = "NOBODY" } }, "Halts:GuardFindings is 'NOBODY'" },
        { new() { Halts = new() { StreamFindings = "NOBODY" } }, "Halts:StreamFindings is 'NOBODY'" },
        { new() { Halts = new() { LossFindings = "NOBODY" } }, "Halts:LossFindings is 'NOBODY'" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Impossible_settings_are_refused(GovernanceSettings settings, string named) => Assert.Contains(
        named, Assert.Throws<ArgumentException>(() => new GovernanceRole(settings)).Message, StringComparison.Ordinal);

    private static GovernanceSettings With(Func<RiskLimits, RiskLimits> change) =>
        new() { Normal = change(new GovernanceSettings().Normal) };
}
