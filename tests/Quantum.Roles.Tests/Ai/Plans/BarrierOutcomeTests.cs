using Quantum.Contracts.Units;
using Quantum.Roles.Ai.Features;
using Quantum.Roles.Ai.Plans;
using Quantum.Roles.ExitBrain;

namespace Quantum.Roles.Tests.Ai.Plans;

/// <summary>The label is the outcome of the trade that would be taken.</summary>
public sealed class BarrierOutcomeTests
{
    private static readonly EntryPlan s_plan = new(0.02, 3);

    [Theory]
    // Entered at 100: stop 98, target 102, three candles.
    [InlineData("100.5 99.5 100.4|102.0 100.1 101.5|0 0 0", 1, -1, 2)]
    [InlineData("100.5 97.9 98.5|0 0 0|0 0 0", -1, 1, 1)]
    [InlineData("101 99 100.5|101 99 100.2|101 99 100.5", 0.25, -0.25, 3)]
    // Both touched in one candle: its path is not known, and either side lost.
    [InlineData("102.5 97.5 101|0 0 0|0 0 0", -1, -1, 1)]
    public void Stop_target_and_time_give_the_result_of_both_sides(string path, double longR, double shortR, int held)
    {
        var outcome = BarrierOutcome.Of(Candles(path), 0, s_plan)!.Value;
        Assert.Equal((longR, shortR, held), (Math.Round(outcome.LongR, 9), Math.Round(outcome.ShortR, 9),
            outcome.Candles));
        Assert.Equal(longR > 0 != shortR > 0, outcome.HasWinner);
    }

    [Fact]
    public void An_outcome_that_is_not_over_or_lies_behind_a_gap_is_none()
    {
        var candles = Candles("101 99 100.5|101 99 100.2|101 99 100.5");
        Assert.Null(BarrierOutcome.Of(candles.AsSpan(..3), 0, s_plan));
        var gap = candles.ToArray();
        gap[2] = gap[2] with { OpenTimeMs = gap[2].OpenTimeMs + Candle.LengthMs };
        Assert.Null(BarrierOutcome.Of(gap, 0, s_plan));
        Assert.NotNull(BarrierOutcome.Of(candles, 0, s_plan));
    }

    [Theory]
    [InlineData(60_000, 30, 0.002, 4 * 0.002 * 5.477225575051661)]
    [InlineData(900_000, 2, 0.006, 4 * 0.006 * 1.4142135623730951)]
    [InlineData(3_600_000, 1, 0.01, 0.04)]
    [InlineData(86_400_000, 1, 0.5, 0.09)]
    [InlineData(60_000, 30, 0, 0.0015)]
    public void A_plan_has_the_same_time_on_candles_of_every_length(long candleMs, int held, double atr, double stop)
    {
        var plan = EntryPlan.Of(atr, candleMs, new EntryPlanSettings());
        Assert.Equal(held, plan.HoldCandles);
        Assert.Equal(stop, plan.StopFraction, 1e-12);
    }

    [Fact]
    public void ExitBrain_exits_as_the_label_has_it_in_every_regime()
    {
        var settings = new ExitBrainSettings();
        Assert.Equal(new EntryPlanSettings().HoldMs, settings.MaxHoldMs);
        foreach (var regime in Enum.GetValues<Regime>())
        {
            foreach (var side in Enum.GetValues<PositionSide>())
            {
                var profile = settings.ProfileOf(regime, side);
                var target = Assert.Single(profile.Targets);
                Assert.Equal(((decimal)EntryPlanSettings.TargetR, 1m), (target.AtR, target.ShareFraction));
                Assert.Empty(profile.Trailing);
                Assert.Null(profile.FirstTargetWithinMs);
            }
        }
    }

    private static Candle[] Candles(string path)
    {
        var start = new Candle(0, 100, 100, 100, 100, 1);
        return
        [
            start, .. path.Split('|').Select((text, i) =>
            {
                var p = text.Split(' ').Select(x => double.Parse(x, System.Globalization.CultureInfo.InvariantCulture))
                    .ToArray();
                return new Candle((i + 1) * Candle.LengthMs, p[2], p[0], p[1], p[2], 1);
            }),
        ];
    }
}
