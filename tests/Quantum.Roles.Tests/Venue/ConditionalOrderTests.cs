using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Symbols;
using static Quantum.Roles.Tests.Venue.VenueBench;

namespace Quantum.Roles.Tests.Venue;

/// <summary>Stops and take profits: on which price they trigger, and what they become then.</summary>
public sealed class ConditionalOrderTests
{
    [Theory]
    [InlineData(Side.Buy, OrderType.StopMarket, 95, 94.99)]
    [InlineData(Side.Buy, OrderType.TakeProfitMarket, 105, 105.01)]
    [InlineData(Side.Sell, OrderType.StopMarket, 105, 105.01)]
    [InlineData(Side.Sell, OrderType.TakeProfitMarket, 95, 94.99)]
    public void One_that_waits_for_the_mark_triggers_on_it_and_fills_at_the_next_price(
        Side entry, OrderType type, double trigger, double mark)
    {
        var venue = Held(entry);
        venue.Market(100);
        venue.Send(OnMark(venue.Reduce(entry.Opposite(), 2, type, (decimal)trigger)));
        // The last price is beyond the trigger, the mark is not.
        venue.Tick((decimal)mark);
        Assert.Single(venue.Fills);
        venue.Market((decimal)mark);
        Assert.Single(venue.Fills);
        Assert.True(Assert.Single(venue.View().Orders).IsTriggered);
        // Whatever the mark does then.
        venue.Market(100);
        venue.Restart();
        venue.Tick(100.5m);
        Assert.Equal((100.5m, 0m), (venue.Last.LastFillPrice, venue.Last.PositionQuantity));
    }

    [Fact]
    public void Without_a_mark_the_last_price_stands_for_it()
    {
        var venue = Held(Side.Buy);
        venue.Send(OnMark(venue.Reduce(Side.Sell, 2, OrderType.StopMarket, 95)));
        venue.Tick(95.01m);
        Assert.Single(venue.Fills);
        venue.Tick(95);
        Assert.Equal(95, venue.Last.LastFillPrice);
    }

    [Fact]
    public void A_mark_beyond_the_trigger_before_the_order_was_there_triggers_it_when_it_is()
    {
        var venue = Held(Side.Buy);
        venue.Market(100);
        venue.Send(OnMark(venue.Reduce(Side.Sell, 2, OrderType.StopMarket, 95)));
        venue.Market(94);
        Assert.False(Assert.Single(venue.View().Orders).IsTriggered);
        venue.Tick(96);
        Assert.Equal((96m, 0m), (venue.Last.LastFillPrice, venue.Last.PositionQuantity));
    }

    [Theory]
    [InlineData(null, 94, 100, true)]
    [InlineData(TriggerBy.LastPrice, 94, 100, true)]
    [InlineData(TriggerBy.MarkPrice, 94, 100, false)]
    [InlineData(TriggerBy.LastPrice, 100, 94, false)]
    [InlineData(TriggerBy.MarkPrice, 100, 94, true)]
    public void One_that_its_own_price_has_crossed_is_refused(TriggerBy? by, double last, double mark, bool isRefused)
    {
        var venue = Held(Side.Buy);
        venue.Tick((decimal)last);
        venue.Market((decimal)mark);
        var answer = venue.Send(venue.Reduce(Side.Sell, 2, OrderType.StopMarket, 95) with { TriggerBy = by });
        Assert.Equal(isRefused ? "would_trigger" : null, answer.ReasonCode);
    }

    [Fact]
    public void A_stop_limit_whose_limit_is_within_reach_takes_when_it_triggers()
    {
        var venue = Held(Side.Buy);
        venue.Send(Limit(venue.Reduce(Side.Sell, 2, OrderType.StopLimit, 95), 94.5m));
        venue.Tick(94.8m);
        Assert.Equal((94.8m, false, 0m), (venue.Last.LastFillPrice, venue.Last.IsMaker, venue.Last.PositionQuantity));
    }

    [Fact]
    public void A_stop_limit_that_the_price_jumps_over_rests_and_fills_when_the_price_comes_back()
    {
        var venue = Held(Side.Buy);
        venue.Send(Limit(venue.Reduce(Side.Sell, 2, OrderType.StopLimit, 95), 94.5m));
        venue.Tick(93);
        Assert.Single(venue.Fills);
        Assert.Equal((true, OrderStatus.Accepted),
            (venue.View().Orders[0].IsTriggered, venue.View().Orders[0].Status));
        venue.Restart();
        venue.Tick(94.5m);
        Assert.Single(venue.Fills);
        venue.Tick(94.6m);
        Assert.Equal((94.5m, true, 0m), (venue.Last.LastFillPrice, venue.Last.IsMaker, venue.Last.PositionQuantity));
    }

    [Fact]
    public void A_take_profit_limit_on_a_walked_way_rests_at_its_trigger_and_fills_on_the_rest_of_the_way()
    {
        var venue = Held(Side.Buy);
        venue.Tick(100, 0);
        venue.Send(Limit(venue.Reduce(Side.Sell, 2, OrderType.TakeProfitLimit, 101), 101.5m));
        venue.Tick(102, 0, afterMs: 10_000);
        Assert.Equal((101.5m, true), (venue.Last.LastFillPrice, venue.Last.IsMaker));
    }

    [Theory]
    [InlineData(TimeInForce.Ioc, 93, "ioc_rest")]
    [InlineData(TimeInForce.Fok, 93, "fok_unfilled")]
    [InlineData(TimeInForce.Gtx, 94.8, "gtx_would_take")]
    public void What_it_becomes_has_its_time_in_force(TimeInForce inForce, double price, string code)
    {
        var venue = Held(Side.Buy);
        venue.Send(Limit(venue.Reduce(Side.Sell, 2, OrderType.StopLimit, 95), 94.5m) with { TimeInForce = inForce });
        venue.Tick((decimal)price);
        Assert.Equal((OrderStatus.Expired, code), (venue.Last.Status, venue.Last.ReasonCode));
        Assert.Single(venue.Fills);
    }

    [Theory]
    [InlineData(Side.Sell, OrderType.StopLimit, 95, 90.24, "percent_price")]
    [InlineData(Side.Sell, OrderType.StopLimit, 95, 90.25, null)]
    [InlineData(Side.Buy, OrderType.StopLimit, 105, 110.26, "percent_price")]
    [InlineData(Side.Buy, OrderType.StopLimit, 105, 110.25, null)]
    public void Its_limit_is_measured_at_its_trigger_when_it_is_placed(
        Side side, OrderType type, double trigger, double limit, string? code)
    {
        var venue = new VenueBench(Banded());
        venue.Tick(100);
        var order = Limit(venue.Order(side, 2, type) with { TriggerPrice = (decimal)trigger }, (decimal)limit);
        Assert.Equal(code, venue.Send(order).ReasonCode);
    }

    [Fact]
    public void And_at_the_mark_when_it_triggers()
    {
        var venue = new VenueBench(Banded());
        venue.Tick(100);
        venue.Market(100);
        venue.Send(Limit(venue.Order(Side.Buy, 2, OrderType.StopLimit) with { TriggerPrice = 104 }, 105.5m));
        venue.Tick(104);
        Assert.Equal((OrderStatus.Expired, "percent_price"), (venue.Last.Status, venue.Last.ReasonCode));
        Assert.Empty(venue.Fills);
    }

    [Fact]
    public void One_that_opens_binds_no_margin_until_it_triggers_and_then_needs_it()
    {
        var venue = new VenueBench(Free);
        venue.Tick(100);
        var entry = venue.Order(Side.Buy, 600, OrderType.StopMarket) with { TriggerPrice = 101 };
        Assert.Equal(OrderStatus.Accepted, venue.Send(entry).Status);
        Assert.Equal(10_000, venue.View().AvailableUsd);
        venue.Send(venue.Order(Side.Buy, 600));
        venue.Tick(101);
        var ended = Assert.Single(venue.Updates, update => update.ReasonCode is not null);
        Assert.Equal((OrderStatus.Expired, "insufficient_margin", entry.ClientOrderId),
            (ended.Status, ended.ReasonCode, ended.ClientOrderId));
        Assert.Equal(600, venue.Position().Quantity);
    }

    [Fact]
    public void A_stop_that_triggers_when_nothing_is_held_expires()
    {
        var venue = Held(Side.Buy);
        venue.Send(venue.Reduce(Side.Sell, 2, OrderType.StopMarket, 95));
        venue.Send(venue.Reduce(Side.Sell, 2));
        venue.Tick(100);
        // As on the exchange it outlives the position.
        Assert.Single(venue.View().Orders);
        venue.Tick(94);
        Assert.Equal((OrderStatus.Expired, "reduce_only_rejected"), (venue.Last.Status, venue.Last.ReasonCode));
        Assert.Empty(venue.View().Orders);
    }

    private static VenueBench Held(Side side)
    {
        var venue = new VenueBench();
        venue.Tick(100);
        venue.Send(venue.Order(side, 2));
        venue.Tick(100);
        Assert.Single(venue.Fills);
        return venue;
    }

    private static OrderCommand OnMark(OrderCommand order) => order with { TriggerBy = TriggerBy.MarkPrice };

    private static OrderCommand Limit(OrderCommand order, decimal price) => order with { Price = price };

    private static Quantum.Roles.Venue.VenueSettings Banded() => Plain with
    {
        Symbols = new SymbolFilterBook(Filters(Coin) with { PriceUpFactor = 1.05m, PriceDownFactor = 0.95m }),
    };
}
