using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Symbols;
using static Quantum.Roles.Tests.Venue.VenueBench;

namespace Quantum.Roles.Tests.Venue;

/// <summary>The exchange's filters, each at its edge.</summary>
public sealed class VenueFilterTests
{
    [Theory]
    [InlineData(50, null)]
    [InlineData(49.99, "price_range")]
    [InlineData(150, null)]
    [InlineData(150.01, "price_range")]
    [InlineData(99.995, "precision")]
    public void A_limit_price_lies_in_the_range_and_on_the_tick(double price, string? code) =>
        Assert.Equal(code, At100(f => f with { MinPrice = 50, MaxPrice = 150 }, venue =>
            venue.Order(Side.Buy, 2, OrderType.Limit) with { Price = (decimal)price }));

    [Theory]
    [InlineData(150, null)]
    [InlineData(150.01, "price_range")]
    [InlineData(120.005, "precision")]
    public void So_does_a_trigger(double trigger, string? code)
    {
        OrderCommand Entry(VenueBench venue, OrderType type) =>
            venue.Order(Side.Buy, 2, type) with { TriggerPrice = (decimal)trigger, Price = null };
        SymbolFilters Range(SymbolFilters filters) => filters with { MinPrice = 50, MaxPrice = 150 };
        Assert.Equal(code, At100(Range, venue => Entry(venue, OrderType.StopMarket)));
        Assert.Equal(code, At100(Range, venue => Entry(venue, OrderType.StopLimit) with { Price = 120 }));
    }

    [Theory]
    [InlineData(OrderType.Limit, 0.01, null)]
    [InlineData(OrderType.Limit, 0.005, "precision")]
    [InlineData(OrderType.Market, 0.5, null)]
    [InlineData(OrderType.Market, 0.6, "precision")]
    [InlineData(OrderType.Market, 0.25, "quantity")]
    [InlineData(OrderType.StopMarket, 0.25, "quantity")]
    [InlineData(OrderType.StopLimit, 0.01, null)]
    public void An_order_with_a_limit_has_a_lot_of_its_own(OrderType type, double quantity, string? code) =>
        Assert.Equal(code, At100(
            f => f with
            {
                LimitLot = new LotSize(0.01m, 0.01m), MarketLot = new LotSize(0.25m, 0.5m), MinNotionalUsd = 0,
            },
            venue => venue.Order(Side.Buy, (decimal)quantity, type) with
            {
                Price = type.HasLimit() ? 110 : null, TriggerPrice = type.IsConditional() ? 110 : null,
            }));

    [Fact]
    public void A_part_of_a_fill_is_on_the_lots_step()
    {
        var venue = new VenueBench(With(f => f with { LimitLot = new LotSize(0.01m, 0.01m) }) with
        {
            MaxVolumeShare = 0.0123m,
        });
        venue.Tick(100, 50);
        venue.Send(venue.Order(Side.Buy, 3, OrderType.Limit) with { Price = 100 });
        venue.Send(venue.Order(Side.Buy, 3));
        venue.Tick(100, 50);
        // 1.23 of 100: the limit order takes 1.23, which leaves nothing for the other.
        Assert.Equal([1.23m], venue.Fills.Select(fill => fill.LastFillQuantity));
    }

    [Fact]
    public void No_more_orders_are_live_than_the_venue_takes()
    {
        var venue = new VenueBench(With(f => f with { MaxOrders = 3, MaxAlgoOrders = 2 }));
        venue.Tick(100);
        OrderCommand Stop() => venue.Order(Side.Buy, 2, OrderType.StopMarket) with { TriggerPrice = 110 };
        OrderCommand Limit() => venue.Order(Side.Buy, 2, OrderType.Limit) with { Price = 90 };
        Assert.Null(venue.Send(Stop()).ReasonCode);
        var second = Stop();
        Assert.Null(venue.Send(second).ReasonCode);
        Assert.Equal("max_algo_orders", venue.Send(Stop()).ReasonCode);
        Assert.Null(venue.Send(Limit()).ReasonCode);
        Assert.Equal("max_orders", venue.Send(Limit()).ReasonCode);
        venue.Send(second with { Action = OrderAction.Cancel, Quantity = 0 });
        Assert.Null(venue.Send(Limit()).ReasonCode);
    }

    [Theory]
    [InlineData("A-z.0:9/_", true)]
    [InlineData("a", true)]
    [InlineData("123456789012345678901234567890123456", true)]
    [InlineData("with space", false)]
    [InlineData("grüß", false)]
    [InlineData("a+b", false)]
    public void A_client_order_id_has_the_exchanges_alphabet(string id, bool isLegal)
    {
        var venue = new VenueBench();
        venue.Tick(100);
        var answer = venue.Send(venue.Order(Side.Buy, 2) with { ClientOrderId = id });
        Assert.Equal((isLegal ? null : "client_order_id", id), (answer.ReasonCode, answer.ClientOrderId));
        Assert.Equal(isLegal ? 1 : 0, venue.View().Orders.Count);
    }

    [Theory]
    [InlineData(Side.Buy, 105, null)]
    [InlineData(Side.Buy, 105.01, "percent_price")]
    [InlineData(Side.Sell, 95, null)]
    [InlineData(Side.Sell, 94.99, "percent_price")]
    public void A_limit_is_near_the_mark_whatever_the_last_price_is(Side side, double price, string? code)
    {
        var venue = new VenueBench(With(f => f with { PriceUpFactor = 1.05m, PriceDownFactor = 0.95m }));
        venue.Tick(101);
        venue.Market(100);
        Assert.Equal(code,
            venue.Send(venue.Order(side, 2, OrderType.Limit) with { Price = (decimal)price }).ReasonCode);
    }

    private static string? At100(
        Func<SymbolFilters, SymbolFilters> filters, Func<VenueBench, OrderCommand> order)
    {
        var venue = new VenueBench(With(filters));
        venue.Tick(100);
        return venue.Send(order(venue)).ReasonCode;
    }

    private static Quantum.Roles.Venue.VenueSettings With(Func<SymbolFilters, SymbolFilters> filters) =>
        Plain with { Symbols = new SymbolFilterBook(filters(Filters(Coin))) };
}
