using FsCheck;
using FsCheck.Xunit;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using static Quantum.Roles.Tests.Venue.VenueBench;

namespace Quantum.Roles.Tests.Venue;

/// <summary>
/// Fills on a path that the feed assumes inside a candle, the up candle 100 / 100.4 / 99.2 / 100.3: never at a price
/// that depends on how the candle will end.
/// </summary>
public sealed class PathFillTests
{
    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    public void A_market_order_sent_at_the_close_fills_at_the_next_open(Side side)
    {
        var venue = new VenueBench();
        venue.Tick(100.05m);
        venue.Send(venue.Order(side, 2));
        venue.Tick(100, afterMs: 0);
        Assert.Empty(venue.Fills);
        Point(venue, 100, 1_000);
        Assert.Equal((100m, OrderStatus.Filled), (venue.Last.LastFillPrice, venue.Last.Status));
        Point(venue, 99.6m, 9_500);
        venue.Tick(99.2m, afterMs: 9_500);
        Assert.Single(venue.Fills);
    }

    [Theory]
    [InlineData(Side.Buy, 99.92)]
    [InlineData(Side.Sell, 99.91)]
    public void A_late_one_fills_at_the_price_of_its_moment_on_the_way(Side side, double price)
    {
        // At 3 s: 2 of the 9 s from 100 to 99.6 are behind, 99.9111.
        var venue = new VenueBench(Plain with { LatencyMs = 3_000 });
        venue.Tick(100);
        venue.Send(venue.Order(side, 2));
        venue.Tick(100, afterMs: 0);
        Point(venue, 100, 1_000);
        Point(venue, 99.6m, 9_000);
        Assert.Equal((decimal)price, venue.Last.LastFillPrice);
    }

    [Theory]
    [InlineData(0, 99.9)]
    [InlineData(0.001, 99.8)]
    public void A_stop_on_the_way_fills_at_its_trigger_less_what_taking_costs(double halfSpread, double price)
    {
        var venue = Long(Plain with { HalfSpreadFraction = (decimal)halfSpread });
        Point(venue, 100, 100);
        venue.Send(venue.Reduce(Side.Sell, 2, OrderType.StopMarket, 99.9m));
        Point(venue, 99.96m, 1_000);
        venue.Tick(99.2m, afterMs: 19_000);
        Assert.Equal(((decimal)price, 0m), (venue.Last.LastFillPrice, venue.Last.PositionQuantity));
    }

    [Fact]
    public void A_stop_that_the_open_gaps_over_fills_at_the_open()
    {
        var venue = Long(Plain);
        Point(venue, 100, 100);
        venue.Send(venue.Reduce(Side.Sell, 2, OrderType.StopMarket, 99.9m));
        // The candle ends on its path, the next one opens with a trade elsewhere.
        venue.Tick(100, afterMs: 19_000);
        venue.Tick(99.5m, afterMs: 1);
        Assert.Equal(99.5m, venue.Last.LastFillPrice);
    }

    [Fact]
    public void A_stop_that_the_price_passed_before_it_was_there_fills_where_the_price_is_then()
    {
        // Effective 50 ms after it was sent, of the 100 ms from 100 to 99.8.
        var venue = Long(Plain);
        Point(venue, 100, 100);
        venue.Send(venue.Reduce(Side.Sell, 2, OrderType.StopMarket, 99.95m));
        Point(venue, 99.8m, 100);
        Assert.Equal(99.9m, venue.Last.LastFillPrice);
    }

    [Fact]
    public void A_target_on_the_way_fills_at_its_trigger_not_at_the_extreme()
    {
        var venue = Long(Plain);
        Point(venue, 100, 100);
        venue.Send(venue.Reduce(Side.Sell, 2, OrderType.TakeProfitMarket, 100.2m));
        Point(venue, 100.1m, 1_000);
        venue.Tick(100.4m, afterMs: 19_000);
        Assert.Equal(100.2m, venue.Last.LastFillPrice);
    }

    [Fact]
    public void A_limit_on_the_way_fills_at_its_price_and_one_that_is_only_touched_does_not()
    {
        var venue = new VenueBench();
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 2, OrderType.Limit) with { Price = 99.5m });
        venue.Send(venue.Order(Side.Buy, 2, OrderType.Limit) with { Price = 99.2m });
        Point(venue, 100, 100);
        Point(venue, 99.2m, 19_000);
        var fill = Assert.Single(venue.Fills);
        Assert.Equal((99.5m, true), (fill.LastFillPrice, fill.IsMaker));
    }

    [Fact]
    public void Of_two_orders_the_one_that_the_price_reaches_first_fills_first()
    {
        var venue = Long(Plain);
        Point(venue, 100, 100);
        venue.Send(venue.Reduce(Side.Sell, 2, OrderType.StopMarket, 99.4m));
        venue.Send(venue.Reduce(Side.Sell, 1, OrderType.StopMarket, 99.8m));
        Point(venue, 99.9m, 1_000);
        venue.Tick(99.2m, afterMs: 19_000);
        Assert.Equal([99.8m, 99.4m], venue.Fills.Skip(1).Select(fill => fill.LastFillPrice!.Value));
        Assert.Equal([1m, 1m], venue.Fills.Skip(1).Select(fill => fill.LastFillQuantity));
    }

    [Fact]
    public void Between_two_trades_the_price_jumps_whatever_lies_between()
    {
        var venue = Long(Plain);
        venue.Send(venue.Reduce(Side.Sell, 2, OrderType.StopMarket, 99.9m));
        venue.Tick(99.2m);
        Assert.Equal(99.2m, venue.Last.LastFillPrice);
    }

    [Property(MaxTest = 200)]
    public void The_same_way_walked_in_finer_steps_fills_at_the_same_prices(
        PositiveInt parts, byte stopBps, byte targetBps, bool isDownFirst)
    {
        decimal[] corners = isDownFirst ? [100, 99.2m, 100.4m, 100.3m] : [100, 100.4m, 99.2m, 99.3m];
        Assert.Equal(FillsOf(1 + parts.Get % 40), FillsOf(2));

        decimal[] FillsOf(int steps)
        {
            var venue = Long(Plain);
            Point(venue, 100, 100);
            venue.Send(venue.Reduce(Side.Sell, 1, OrderType.StopMarket, 100 - 0.01m * (1 + stopBps % 90)));
            venue.Send(venue.Reduce(Side.Sell, 1, OrderType.TakeProfitMarket, 100 + 0.01m * (1 + targetBps % 50)));
            Point(venue, 100, 900);
            for (var leg = 1; leg < corners.Length; leg++)
                for (var step = 1; step <= steps; step++)
                    Point(venue, corners[leg - 1] + (corners[leg] - corners[leg - 1]) * step / steps, 19_000 / steps);
            return [.. venue.Fills.Skip(1).Select(fill => fill.LastFillPrice!.Value)];
        }
    }

    private static VenueBench Long(Quantum.Roles.Venue.VenueSettings settings)
    {
        var venue = new VenueBench(settings);
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 2));
        venue.Tick(100);
        Assert.Single(venue.Fills);
        return venue;
    }

    private static void Point(VenueBench venue, decimal price, long afterMs) => venue.Tick(price, 0, afterMs: afterMs);
}
