using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using static Quantum.Roles.Tests.Venue.VenueBench;

namespace Quantum.Roles.Tests.Venue;

/// <summary>Orders that close whatever is held, and what becomes of orders that only reduce.</summary>
public sealed class ClosePositionTests
{
    [Theory]
    [InlineData(Side.Buy, OrderType.StopMarket, 95)]
    [InlineData(Side.Sell, OrderType.TakeProfitMarket, 95)]
    public void It_closes_all_that_is_held_when_it_triggers(Side entry, OrderType type, double trigger)
    {
        var venue = Held(entry);
        var close = Close(venue, entry.Opposite(), type, (decimal)trigger);
        Assert.Equal(OrderStatus.Accepted, venue.Send(close).Status);
        venue.Send(venue.Order(entry, 3.5m));
        venue.Tick(100);
        venue.Tick(94.9m);
        Assert.Equal((5.5m, 0m, OrderStatus.Filled, 94.9m),
            (venue.Last.LastFillQuantity, venue.Last.PositionQuantity, venue.Last.Status, venue.Last.LastFillPrice));
        Assert.Empty(venue.View().Orders);
    }

    [Fact]
    public void It_goes_on_until_nothing_is_held()
    {
        var venue = Held(Side.Buy, Plain with { MaxVolumeShare = 0.5m });
        venue.Send(Close(venue, Side.Sell, OrderType.StopMarket, 95));
        venue.Tick(94, 1, afterMs: 120_000);
        Assert.Equal((0.5m, OrderStatus.PartiallyFilled), (venue.Last.LastFillQuantity, venue.Last.Status));
        venue.Tick(93, 1_000);
        Assert.Equal((1.5m, OrderStatus.Filled, 0m),
            (venue.Last.LastFillQuantity, venue.Last.Status, venue.Last.PositionQuantity));
    }

    [Fact]
    public void It_is_cancelled_when_the_position_is_closed_and_a_stop_with_a_quantity_is_not()
    {
        var venue = Held(Side.Buy);
        var stop = venue.Reduce(Side.Sell, 2, OrderType.StopMarket, 94);
        venue.Send(stop);
        venue.Send(Close(venue, Side.Sell, OrderType.StopMarket, 95));
        venue.Send(venue.Reduce(Side.Sell, 2));
        venue.Tick(100);
        Assert.Equal((OrderStatus.Canceled, "position_gone"), (venue.Last.Status, venue.Last.ReasonCode));
        Assert.Equal(stop.ClientOrderId, Assert.Single(venue.View().Orders).Command.ClientOrderId);
    }

    [Fact]
    public void It_is_cancelled_when_the_position_is_turned()
    {
        var venue = Held(Side.Buy);
        venue.Send(Close(venue, Side.Sell, OrderType.StopMarket, 95));
        venue.Send(venue.Order(Side.Sell, 5));
        venue.Tick(100);
        Assert.Equal((-3m, "position_gone"), (venue.Position().Quantity, venue.Last.ReasonCode));
    }

    [Fact]
    public void It_may_be_placed_with_the_order_that_opens_and_is_refused_without()
    {
        var venue = new VenueBench();
        venue.Tick(100);
        Assert.Equal("reduce_only_rejected", venue.Send(Close(venue, Side.Sell, OrderType.StopMarket, 95)).ReasonCode);
        venue.Send(venue.Order(Side.Buy, 2));
        Assert.Equal(OrderStatus.Accepted, venue.Send(Close(venue, Side.Sell, OrderType.StopMarket, 95)).Status);
        Assert.Equal("reduce_only_rejected", venue.Send(Close(venue, Side.Buy, OrderType.StopMarket, 105)).ReasonCode);
        venue.Tick(100);
        venue.Tick(94);
        Assert.Equal((2m, 0m), (venue.Last.LastFillQuantity, venue.Last.PositionQuantity));
    }

    [Fact]
    public void There_is_one_of_each_kind_a_side()
    {
        var venue = Held(Side.Buy);
        venue.Send(Close(venue, Side.Sell, OrderType.StopMarket, 95));
        Assert.Equal("close_position", venue.Send(Close(venue, Side.Sell, OrderType.StopMarket, 94)).ReasonCode);
        Assert.Null(venue.Send(Close(venue, Side.Sell, OrderType.TakeProfitMarket, 110)).ReasonCode);
    }

    [Theory]
    [InlineData(OrderType.Market)]
    [InlineData(OrderType.Limit)]
    [InlineData(OrderType.StopLimit)]
    public void Only_a_stop_or_take_profit_at_market_closes_all(OrderType type)
    {
        var venue = Held(Side.Buy);
        var order = Close(venue, Side.Sell, type, 95) with { Price = 95 };
        Assert.Equal("close_position", venue.Send(order).ReasonCode);
    }

    [Fact]
    public void A_resting_reduce_only_limit_is_clipped_to_what_is_held_and_expires_with_the_position()
    {
        var venue = Held(Side.Buy);
        var near = venue.Reduce(Side.Sell, 2, OrderType.Limit) with { Price = 101 };
        var far = venue.Reduce(Side.Sell, 2, OrderType.Limit) with { Price = 102 };
        venue.Send(near);
        venue.Send(far);
        venue.Tick(100);
        venue.Send(venue.Reduce(Side.Sell, 1.5m));
        venue.Tick(100);
        venue.Tick(101.5m);
        // 0.5 of the nearer is what is held; the rest of it and the farther have nothing left to reduce.
        var fill = venue.Fills.Last();
        Assert.Equal((near.ClientOrderId, 0.5m, 0m),
            (fill.ClientOrderId, fill.LastFillQuantity, fill.PositionQuantity));
        Assert.Equal(
            [(near.ClientOrderId, OrderStatus.Expired), (far.ClientOrderId, OrderStatus.Expired)],
            venue.Updates.TakeLast(2).Select(update => (update.ClientOrderId!, update.Status)));
        Assert.All(venue.Updates.TakeLast(2), update => Assert.Equal("reduce_only_rejected", update.ReasonCode));
        Assert.Empty(venue.View().Orders);
    }

    private static VenueBench Held(Side side, Quantum.Roles.Venue.VenueSettings? settings = null)
    {
        var venue = new VenueBench(settings);
        venue.Tick(100);
        venue.Send(venue.Order(side, 2));
        venue.Tick(100);
        Assert.Single(venue.Fills);
        return venue;
    }

    private static OrderCommand Close(VenueBench venue, Side side, OrderType type, decimal trigger) =>
        venue.Reduce(side, 0, type, trigger) with { ClosePosition = true };
}
