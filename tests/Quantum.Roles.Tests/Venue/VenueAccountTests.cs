using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using static Quantum.Roles.Tests.Venue.VenueBench;

namespace Quantum.Roles.Tests.Venue;

/// <summary>What belongs to whom, in which order it is settled, and that nothing goes unanswered.</summary>
public sealed class VenueAccountTests
{
    private const long Hour = 3_600_000;

    [Fact]
    public void The_loss_of_an_isolated_position_breaks_no_cross_one()
    {
        var venue = TwoKinds();
        venue.Tick(85);
        // 150 USD of its own 200 are lost. The cross position has 100 USD behind it and must keep 10.
        venue.Tick(50, symbol: Other);
        Assert.DoesNotContain(venue.Updates, told => told.Kind == UpdateKind.Liquidation);
        Assert.Equal((10m, 10m), (venue.Position().Quantity, venue.Position(Other).Quantity));
    }

    [Fact]
    public void The_margin_of_an_isolated_position_saves_no_cross_one()
    {
        var venue = TwoKinds();
        venue.Tick(40.82m, symbol: Other);
        Assert.DoesNotContain(venue.Updates, told => told.Kind == UpdateKind.Liquidation);
        // 100 USD less 91.90 are left, and 8.16 must be kept.
        venue.Tick(40.81m, symbol: Other);
        Assert.Equal((UpdateKind.Liquidation, Other), (venue.Last.Kind, venue.Last.Symbol));
        Assert.Equal((10m, 200m), (venue.Position().Quantity, venue.Position().IsolatedMarginUsd));
    }

    [Fact]
    public void The_margin_that_a_losing_position_has_may_be_asked_for_again()
    {
        var venue = new VenueBench(Free);
        venue.Configure(leverage: 10, isIsolated: true);
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 10));
        venue.Tick(100);
        venue.Tick(95);
        // Less could not be: it needs 95 USD, and 50 are lost.
        Assert.Equal("insufficient_margin", venue.Configure(marginUsd: 99).ReasonCode);
        Assert.Equal(OrderStatus.Accepted, venue.Configure(marginUsd: 100).Status);
    }

    [Fact]
    public void An_order_binds_what_its_limit_costs_not_what_the_market_would()
    {
        var venue = new VenueBench(Free with { StartBalanceUsd = 100 });
        venue.Tick(100);
        var order = venue.Order(Side.Buy, 20, OrderType.Limit) with { Price = 50 };
        Assert.Null(venue.Send(order).ReasonCode);
        Assert.Equal(0, venue.View().AvailableUsd);
    }

    [Fact]
    public void A_conditional_order_that_nobody_could_pay_is_taken_and_ends_when_it_triggers()
    {
        var venue = new VenueBench(Free with { StartBalanceUsd = 100 });
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 20, OrderType.StopMarket) with { TriggerPrice = 110 });
        Assert.Equal((OrderStatus.Accepted, 100m), (venue.Last.Status, venue.View().AvailableUsd));
        venue.Tick(110);
        Assert.Equal((OrderStatus.Expired, "insufficient_margin"), (venue.Last.Status, venue.Last.ReasonCode));
        Assert.Empty(venue.Fills);
    }

    [Fact]
    public void Funding_that_is_due_is_settled_before_the_price_that_comes_after_it_does_anything()
    {
        var venue = new VenueBench(Free);
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 10));
        venue.Tick(100);
        venue.Market(100, 0.001);
        venue.Send(venue.Reduce(Side.Sell, 10));
        var told = venue.Updates.Count;
        venue.NowMs = T0 + (8 * Hour);
        venue.Tick(120);
        // The position was held at the moment, and is closed by the first price behind it.
        Assert.Equal([UpdateKind.Funding, UpdateKind.Fill], venue.Updates.Skip(told).Select(update => update.Kind));
        Assert.Equal(-1m, venue.Updates[told].FundingUsd);
    }

    [Fact]
    public void Who_holds_nothing_hears_of_no_funding()
    {
        var venue = new VenueBench(Free);
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 10));
        venue.Tick(100);
        venue.Market(100, 0.001);
        venue.Send(venue.Reduce(Side.Sell, 10));
        venue.Tick(100);
        Assert.Equal((0m, (decimal?)null), (venue.Position().Quantity, venue.Last.PositionEntryPrice));
        venue.Clock(T0 + (24 * Hour));
        Assert.DoesNotContain(venue.Updates, told => told.Kind == UpdateKind.Funding);
    }

    [Fact]
    public void Orders_and_trades_of_a_symbol_are_numbered_on_and_on()
    {
        var venue = new VenueBench(Free with { StartBalanceUsd = 110 });
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 5));
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 5));
        venue.Tick(100);
        venue.Tick(90);
        Assert.Equal(UpdateKind.Liquidation, venue.Last.Kind);
        // An order has its number from the first answer, a trade one of its own.
        long[] numbers =
        [
            .. venue.Updates.Select(told => told.VenueTradeId ?? told.VenueOrderId)
                .Select(id => long.Parse(
                    id!.Split('-')[^1], System.Globalization.CultureInfo.InvariantCulture)),
        ];
        Assert.Equal(Enumerable.Range(1, 5).Select(number => (long)number), numbers);
    }

    [Fact]
    public void Whoever_cancels_what_is_over_hears_how_it_ended()
    {
        var venue = new VenueBench(Free);
        venue.Tick(100);
        var order = venue.Order(Side.Buy, 1);
        venue.Send(order);
        venue.Tick(100);
        var told = venue.Updates.Count;
        venue.Send(order with { Action = OrderAction.Cancel });
        Assert.Equal((told + 1, UpdateKind.Order, OrderStatus.Filled),
            (venue.Updates.Count, venue.Last.Kind, venue.Last.Status));
        venue.Send(venue.Order(Side.Buy, 1) with { Action = OrderAction.Cancel });
        Assert.Equal((told + 2, OrderStatus.NotFound), (venue.Updates.Count, venue.Last.Status));
    }

    [Fact]
    public void What_is_left_of_a_market_order_takes_where_the_walk_ends_not_where_it_began()
    {
        var venue = new VenueBench(Free);
        venue.Tick(100, 4);
        venue.Send(venue.Order(Side.Buy, 8));
        venue.Tick(100, 0);
        Assert.Equal((100m, 4m), (venue.Last.LastFillPrice, venue.Last.LastFillQuantity));
        venue.Tick(110, 100);
        Assert.Equal((110m, 4m), (venue.Last.LastFillPrice, venue.Last.LastFillQuantity));
    }

    // 300 USD: 200 are the own margin of ten at 100, the rest carries ten of the other at 50.
    private static VenueBench TwoKinds()
    {
        var venue = new VenueBench(Free with { StartBalanceUsd = 300 });
        venue.Configure(leverage: 10, isIsolated: true);
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 10));
        venue.Tick(100);
        venue.Configure(marginUsd: 200);
        venue.Tick(50, symbol: Other);
        venue.Send(venue.Order(Side.Buy, 10) with { Symbol = Other });
        venue.Tick(50, symbol: Other);
        Assert.Equal((200m, false, 10m), (venue.Position().IsolatedMarginUsd, venue.Position(Other).IsIsolated,
            venue.Position(Other).Quantity));
        return venue;
    }
}
