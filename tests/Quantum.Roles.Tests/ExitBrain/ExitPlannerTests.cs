using FsCheck.Xunit;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.ExitBrain;

namespace Quantum.Roles.Tests.ExitBrain;

/// <summary>The plan of a position: which ladder, where its targets lie, and what is refused.</summary>
public sealed class ExitPlannerTests
{
    private static readonly ExitBrainSettings s_settings = Ladders.Settings;

    [Theory]
    [InlineData(Regime.Bull, PositionSide.Long, "TREND")]
    [InlineData(Regime.Bull, PositionSide.Short, "CHOP")]
    [InlineData(Regime.Bear, PositionSide.Short, "TREND")]
    [InlineData(Regime.Bear, PositionSide.Long, "CHOP")]
    [InlineData(Regime.Range, PositionSide.Long, "RANGE")]
    [InlineData(Regime.Volatile, PositionSide.Short, "VOLATILE")]
    [InlineData(Regime.Uncertain, PositionSide.Long, "NORMAL")]
    [InlineData(Regime.Unknown, PositionSide.Long, "ADAPTIVE")]
    public void The_regime_chooses_the_ladder(Regime regime, PositionSide side, string profile) =>
        Assert.Equal(profile, Plan(side, regime).Profile);

    /// <summary>Golden values of domain facts 2.3, in percent of price.</summary>
    [Theory]
    [InlineData(1, 1.1906, 1.4953, 1.9477, 0.6638, 30, 30, 40)]
    [InlineData(10, 0.8943, 1.3471, 1.8736, 0.7823, 30, 30, 40)]
    [InlineData(30, 0.8255, 1.3128, 1.8564, 0.8098, 40, 40, 20)]
    [InlineData(80, 0.7854, 1.2927, 1.8463, 0.8258, 50, 30, 20)]
    public void Without_a_regime_the_adaptive_levels_hold(
        int leverage, double first, double second, double third, double stop, int share1, int share2, int share3)
    {
        var plan = ExitPlanner.Plan(Basis(PositionSide.Long, Regime.Unknown) with { Leverage = leverage }, s_settings);

        Assert.Equal([first, second, third], plan.Targets.Select(target => Math.Round((double)target.Price - 100d, 4)));
        Assert.Equal(stop, Math.Round((double)plan.StopDistance, 4));
        Assert.Equal([share1, share2, share3], plan.Targets.Select(target => (int)(100m * target.ShareFraction)));
    }

    [Fact]
    public void Ladder_targets_lie_at_their_r_of_the_resting_stop()
    {
        var plan = Plan(PositionSide.Short, Regime.Bear, stop: 102m);

        Assert.Equal(2m, plan.StopDistance);
        Assert.Equal([99m, 98m, 96m], plan.Targets.Select(target => target.Price));
        Assert.Equal(0.35m, plan.RunnerFraction);
        Assert.Equal([new PlanTrail(1.5m, 2m), new PlanTrail(3m, 1.5m), new PlanTrail(5m, 1m)], plan.Trailing);
    }

    [Theory]
    [InlineData(0.005, new[] { 101.0, 102.0 }, new[] { 0.35, 0.30 }, 0.35, 1)]
    [InlineData(0.002, new[] { 102.0 }, new[] { 1.0 }, 0, 2)]
    [InlineData(0.001, new double[0], new double[0], 1.0, 3)]
    [InlineData(0.1, new[] { 100.5, 101.0, 102.0 }, new[] { 0.15, 0.20, 0.30 }, 0.35, 0)]
    public void Parts_below_the_least_quantity_make_a_plan_with_fewer_targets(
        double quantity, double[] targets, double[] shares, double runner, int leftOut)
    {
        // The least is 0.001. Of 0.002 the part at 2 R is 0.0013, and the 0.0007 behind it go with it.
        var plan = ExitPlanner.Plan(
            Basis(PositionSide.Long, Regime.Bull) with
            {
                StopPrice = 99m, Quantity = (decimal)quantity, Filters = TestBook.All.Find(Symbol.Parse("BTCUSDT")),
            },
            s_settings);
        Assert.Equal(targets, plan.Targets.Select(target => (double)target.Price));
        Assert.Equal(shares, plan.Targets.Select(target => (double)target.ShareFraction));
        Assert.Equal(((decimal)runner, leftOut), (plan.RunnerFraction, plan.TargetsLeftOut));
    }

    [Fact]
    public void A_ladder_without_a_runner_that_fits_nowhere_is_one_target()
    {
        var plan = ExitPlanner.Plan(
            Basis(PositionSide.Short, Regime.Range) with
            {
                StopPrice = 101m, Quantity = 0.001m, Filters = TestBook.All.Find(Symbol.Parse("BTCUSDT")),
            },
            s_settings);
        var target = Assert.Single(plan.Targets);
        Assert.Equal((1m, 0m, 2), (target.ShareFraction, plan.RunnerFraction, plan.TargetsLeftOut));
    }

    [Fact]
    public void No_target_is_nearer_than_the_fees_allow() =>
        Assert.Equal(
            [100.3m, 100.4m, 100.7m], Plan(PositionSide.Long, Regime.Range, stop: 99m).Targets.Select(t => t.Price));

    [Fact]
    public void A_stop_that_the_entry_slipped_past_does_not_make_r() =>
        Assert.Equal(0.7823, Math.Round((double)Plan(PositionSide.Long, Regime.Range, stop: 100.2m).StopDistance, 4));

    [Fact]
    public void Trailing_by_atr_needs_an_atr()
    {
        var challenge = s_settings with { InRange = ExitProfiles.Challenge100 };
        var basis = Basis(PositionSide.Long, Regime.Range) with { OpenedAtMs = 1_000 };

        Assert.Equal(2m, ExitPlanner.Plan(in basis, challenge).Trailing[0].Distance);
        var plan = ExitPlanner.Plan(WithAtr(basis, 0.004), challenge);
        Assert.Equal(0.8m, plan.Trailing[0].Distance);
        Assert.Equal(2m, ExitPlanner.Plan(WithAtr(basis, 96_106_059), challenge).Trailing[0].Distance);
        Assert.Equal(7_201_000, plan.FirstTargetByMs);
    }

    public static TheoryData<string> ProfileNames => [.. ExitProfiles.All.Select(profile => profile.Name)];

    [Theory]
    [MemberData(nameof(ProfileNames))]
    public void Every_profile_holds_its_own_rules(string name)
    {
        var profile = ExitProfiles.All.Single(profile => profile.Name == name);

        var plan = Plan(PositionSide.Long, Regime.Range, settings: s_settings with { InRange = profile });
        Assert.Equal(1m, plan.Targets.Sum(target => target.ShareFraction) + plan.RunnerFraction);
    }

    public static TheoryData<ExitProfile, string> ImpossibleProfiles => new()
    {
        { Ladder([new(0.5m, 0.6m), new(1m, 0.5m)], trails: true), "shares sum to 1.1" },
        { Ladder([new(0.5m, 0.6m), new(1m, 0.3m)]), "the shares sum to 0.9: without trailing" },
        { Ladder([new(1m, 0.5m), new(0.5m, 0.5m)]), "ExitBrain:InRange: targets lie above 0 R and rise" },
        { Ladder([new(-1m, 1m)]), "targets lie above 0 R" },
        { Ladder([new(1m, 0m), new(2m, 1m)]), "a share is in (0, 1]" },
        { ExitProfiles.Trend with { Trailing = [new(1m, 1.5m)] }, "trailing callback" },
        { ExitProfiles.Trend with { Trailing = [new(2m, 0.01m), new(1m, 0.01m)] }, "trailing steps" },
        { ExitProfiles.Trend with { Trailing = [new(2m, 0.01m, 0m)] }, "ATR multiple" },
        { ExitProfiles.Trend with { FirstTargetWithinMs = 0 }, "ExitBrain:InRange:FirstTargetWithinMs is 0" },
    };

    [Theory]
    [MemberData(nameof(ImpossibleProfiles))]
    public void An_impossible_profile_is_refused(ExitProfile profile, string named)
    {
        var thrown = Assert.Throws<ArgumentException>(() => new ExitBrainRole(s_settings with { InRange = profile }));

        Assert.Contains(named, thrown.Message, StringComparison.Ordinal);
    }

    public static TheoryData<ExitBrainSettings, string> ImpossibleSettings => new()
    {
        { new() { MaxHoldMs = 0 }, "MaxHoldMs is 0" },
        { new() { ExitDeadlineMs = 0 }, "ExitDeadlineMs is 0" },
        { new() { ResultGraceMs = -1 }, "ResultGraceMs is -1" },
        { new() { RetryAfterMs = 0 }, "RetryAfterMs is 0" },
        { new() { MaxTargetRefusals = 0 }, "MaxTargetRefusals is 0" },
        { new() { StopGraceMs = -1 }, "StopGraceMs is -1" },
        { new() { PriceStaleAfterMs = 0 }, "PriceStaleAfterMs is 0" },
        { new() { VenueStaleAfterMs = 0 }, "VenueStaleAfterMs is 0" },
        { new() { MaxPriceDeviationFraction = 0m }, "MaxPriceDeviationFraction is 0" },
        { new() { BreakEvenOffsetFraction = 0.003m }, "BreakEvenOffsetFraction is 0.003" },
        { new() { MinTrailStepFraction = 0m }, "MinTrailStepFraction is 0" },
        { new() { MinStopGapFraction = -0.1m }, "MinStopGapFraction is -0.1" },
        { new() { TightenFraction = 1m }, "TightenFraction is 1" },
        { new() { LiquidationGuardFraction = 0m }, "LiquidationGuardFraction is 0" },
    };

    [Theory]
    [MemberData(nameof(ImpossibleSettings))]
    public void An_impossible_setting_is_refused(ExitBrainSettings settings, string named) => Assert.Contains(
        named, Assert.Throws<ArgumentException>(() => new ExitBrainRole(settings)).Message, StringComparison.Ordinal);

    public static TheoryData<decimal[], decimal[], string> BrokenPlans => new()
    {
        { [99m], [1m], "target 99" },
        { [100m], [1m], "target 100" },
        { [102m, 101m], [0.5m, 0.5m], "target 101" },
        { [101m, 102m], [0.5m, 0.4m], "sum to 0.9" },
    };

    [Theory]
    [MemberData(nameof(BrokenPlans))]
    public void A_plan_with_a_target_on_the_wrong_side_is_refused(decimal[] prices, decimal[] shares, string named)
    {
        var plan = new ExitPlan
        {
            Profile = "X",
            StopDistance = 1m,
            Targets =
                [.. prices.Zip(shares, (price, share) => new PlanTarget { Price = price, ShareFraction = share })],
            Trailing = [],
            RunnerFraction = 0m,
        };

        var thrown = Assert.Throws<InvalidDataException>(() => plan.Checked(PositionSide.Long, 100m));
        Assert.Contains(named, thrown.Message, StringComparison.Ordinal);
    }

    [Property(MaxTest = 300)]
    public void Plans_of_long_and_short_mirror_each_other(
        byte leverage, ushort entryCents, byte stopBps, Regime regime, byte volatility)
    {
        var entry = 1m + (entryCents / 100m);
        var distance = entry * (1 + stopBps) / 10_000m;
        var mirrored = regime switch { Regime.Bull => Regime.Bear, Regime.Bear => Regime.Bull, _ => regime };
        var basis = Basis(PositionSide.Long, regime) with
        {
            EntryPrice = entry,
            StopPrice = stopBps % 4 == 0 ? null : entry - distance,
            Leverage = 1 + (leverage % 125),
            Ilf = IlfContext.Unknown with { Regime = regime, VolatilityFactor = volatility / 50d },
        };

        var one = ExitPlanner.Plan(in basis, s_settings);
        var other = ExitPlanner.Plan(
            basis with
            {
                Side = PositionSide.Short, Ilf = basis.Ilf with { Regime = mirrored },
                StopPrice = basis.StopPrice is null ? null : entry + distance,
            },
            s_settings);

        Assert.Equal(one.StopDistance, other.StopDistance);
        Assert.Equal(one.Targets.Select(t => t.Price - entry), other.Targets.Select(t => entry - t.Price));
        Assert.Equal(one.Targets.Select(t => t.ShareFraction), other.Targets.Select(t => t.ShareFraction));
        Assert.Equal(one.Trailing, other.Trailing);
        Assert.Equal(1m, one.Targets.Sum(t => t.ShareFraction) + one.RunnerFraction);
        Assert.All(one.Targets, t => Assert.True(t.Price >= entry * 1.003m, $"{t.Price} is too near {entry}"));
    }

    private static ExitProfile Ladder(ProfileTarget[] targets, bool trails = false) =>
        new() { Name = "X", Targets = targets, Trailing = trails ? [new(1m, 0.01m)] : [] };

    private static ExitPlan Plan(
        PositionSide side, Regime regime, decimal? stop = null, ExitBrainSettings? settings = null) =>
        ExitPlanner.Plan(Basis(side, regime) with { StopPrice = stop }, settings ?? s_settings);

    private static PlanBasis Basis(PositionSide side, Regime regime) => new()
    {
        Side = side, EntryPrice = 100m, Leverage = 10, OpenedAtMs = 0,
        Ilf = IlfContext.Unknown with { Regime = regime },
    };

    private static PlanBasis WithAtr(PlanBasis basis, double fraction) =>
        basis with { Ilf = basis.Ilf with { AtrValue = fraction } };
}
