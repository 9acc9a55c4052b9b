using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.Roles.Tests.ExitBrain;

/// <summary>A stop is moved only to where it rests: at the price or beyond it would act at once.</summary>
public sealed class StopGapTests
{
    [Theory]
    [InlineData(PositionSide.Long, 1)]
    [InlineData(PositionSide.Short, -1)]
    public void Even_where_no_gap_is_asked_for_no_stop_is_placed_at_the_price(PositionSide side, int sign)
    {
        var bench = new ExitBench(Ladders.Settings with { MinStopGapFraction = 0 });
        bench.Open(side, quantity: 10m);
        bench.Price(100m + (sign * 0.4m));
        var first = bench.Last.Id;
        // Back to where the stop of break-even would be.
        bench.Price(100m + (sign * 0.1m));
        bench.Filled(first, 3.5m, 100m + (sign * 0.4m));
        Assert.Empty(bench.LastReasons);
        // Nor does it count as one that should have acted.
        bench.After(5_000).Price(100m + (sign * 0.1m));
        Assert.Empty(bench.LastReasons);

        bench.Price(100m + (sign * 0.11m));

        Assert.Equal([TradeIntent.MoveStopReason], bench.LastReasons);
        Assert.Equal(100m + (sign * 0.1m), bench.Last.Intent.StopLoss);
    }

    [Theory]
    [InlineData(PositionSide.Long, 1)]
    [InlineData(PositionSide.Short, -1)]
    public void A_stop_may_be_as_near_as_the_gap_and_no_nearer(PositionSide side, int sign)
    {
        // Break-even is 0.1 beyond entry, the gap a twentieth of 1 %.
        var bench = new ExitBench();
        bench.Open(side, quantity: 10m);
        bench.Price(100m + (sign * 0.4m));
        var first = bench.Last.Id;
        bench.Price(100m + (sign * 0.149m));
        bench.Filled(first, 3.5m, 100m + (sign * 0.4m));
        Assert.Empty(bench.LastReasons);

        bench.Price(100m + (sign * 0.15m));

        Assert.Equal(100m + (sign * 0.1m), bench.Last.Intent.StopLoss);
    }
}
