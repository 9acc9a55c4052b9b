using Quantum.Contracts.Units;
using Quantum.Roles.Ai.Plans;
using Quantum.Roles.Symbols;
using Quantum.Roles.Tests.Venue;
using Quantum.Roles.Venue;

namespace Quantum.Roles.Tests.Ai.Plans;

/// <summary>What a signal says a round trip costs, against what the venue takes for one at a still price.</summary>
public sealed class CostOfVenueTests
{
    /// <summary>Prices and steps of NEAR, DOT, ARB, ADA and BTC; a minute of 100 million USD hides impact.</summary>
    [Theory]
    [InlineData(1.685, 0.001, 0.00219)]
    [InlineData(2.066, 0.001, 0.00197)]
    [InlineData(0.2117, 0.0001, 0.00194)]
    [InlineData(0.4232, 0.0001, 0.00147)]
    [InlineData(92_421.0, 0.1, 0.00121)]
    public void The_cost_that_a_signal_tells_is_what_the_venue_takes(double price, double tick, double cost)
    {
        var filters = VenueBench.Filters(VenueBench.Coin) with
        {
            TickSize = (decimal)tick, StepSize = 0.001m, MinQuantity = 0.001m,
        };
        var venue = new VenueBench(new VenueSettings { Symbols = new SymbolFilterBook(filters) });
        var (last, quantity) = ((decimal)price, Math.Floor(2_500_000 / (decimal)price) / 1_000);
        venue.Tick(last, 100_000_000 / last);
        venue.Send(venue.Order(Side.Buy, quantity));
        venue.Tick(last, 1);
        venue.Send(venue.Reduce(Side.Sell, quantity));
        venue.Tick(last, 1);
        var paidUsd = venue.Fills.Sum(
            fill => fill.Side!.Value.Sign() * fill.LastFillQuantity * fill.LastFillPrice!.Value + fill.FeeUsd);
        var taken = (double)(paidUsd / (quantity * last));
        var told = TradeCost.Of(Side.Buy, null, tick / price, 100_000_000, null, 1_800_000, new CostSettings());
        Assert.Equal(cost, taken, 0.00001);
        Assert.Equal(taken, told.RoundTripFraction, 0.00005);
    }
}
