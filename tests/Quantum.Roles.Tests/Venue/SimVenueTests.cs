using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Symbols;
using Quantum.Roles.Venue;
using static Quantum.Roles.Tests.Venue.VenueBench;

namespace Quantum.Roles.Tests.Venue;

public class SimVenueTests
{
    [Fact]
    public void What_closes_a_position_may_be_below_the_least_order_and_nothing_else_may()
    {
        var venue = new VenueBench(VenueBench.Plain with
        {
            Symbols = new SymbolFilterBook(VenueBench.Filters(VenueBench.Coin) with { MinQuantity = 1 }),
        });
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 1.5m));
        venue.Tick(100);
        venue.Send(venue.Reduce(Side.Sell, 1));
        venue.Tick(100);
        venue.Send(venue.Reduce(Side.Sell, 0.3m));
        Assert.Equal((OrderStatus.Rejected, "quantity"), (venue.Last.Status, venue.Last.ReasonCode));
        venue.Send(venue.Reduce(Side.Sell, 0.5m, OrderType.StopMarket, 98m));
        Assert.Equal(OrderStatus.Accepted, venue.Last.Status);
    }

    [Fact]
    public void A_market_order_fills_on_the_next_price_after_its_latency_never_on_the_one_before()
    {
        var venue = new VenueBench();
        venue.Tick(100);
        Assert.Equal(OrderStatus.Accepted, venue.Send(venue.Order(Side.Buy, 2)).Status);
        venue.Tick(101, afterMs: 49);
        Assert.Empty(venue.Fills);
        venue.Tick(102, afterMs: 1);
        var fill = Assert.Single(venue.Fills);
        Assert.Equal((OrderStatus.Filled, 2m, 102m, 2m, false),
            (fill.Status, fill.LastFillQuantity, fill.LastFillPrice, fill.CumulativeQuantity, fill.IsMaker));
        Assert.Equal(0.0005m * 204, fill.FeeUsd);
        Assert.Equal((2m, 102m, 10), (fill.PositionQuantity, fill.PositionEntryPrice, fill.Leverage));
    }

    [Fact]
    public void Taking_pays_half_the_spread_and_square_root_impact()
    {
        var venue = new VenueBench(Plain with { HalfSpreadFraction = 0.001m, ImpactFraction = 0.01m });
        venue.Tick(100, 75);
        venue.Send(venue.Order(Side.Buy, 25));
        venue.Tick(100, 25);
        // 25 of 100 in the minute: 100 * 1.001 * (1 + 0.01 * 0.5) = 100.6005, up to the tick.
        Assert.Equal(100.61m, venue.Last.LastFillPrice);
        venue.Send(venue.Reduce(Side.Sell, 25));
        venue.Tick(100, 525);
        // 25 of 625: 100 * 0.999 * (1 - 0.01 * 0.2) = 99.7002, down to the tick.
        Assert.Equal(99.70m, venue.Last.LastFillPrice);
    }

    [Fact]
    public void Fills_stay_below_the_share_of_the_minutes_volume_and_two_orders_do_not_share_it()
    {
        var venue = new VenueBench(Plain with { MaxVolumeShare = 0.1m });
        venue.Tick(100, 10);
        venue.Send(venue.Order(Side.Buy, 3));
        venue.Send(venue.Order(Side.Buy, 3));
        venue.Tick(100, 10);
        Assert.Equal([(2m, OrderStatus.PartiallyFilled)], venue.Fills.Select(f => (f.LastFillQuantity, f.Status)));
        venue.Tick(100, 30);
        Assert.Equal([2m, 1m, 2m], venue.Fills.Select(f => f.LastFillQuantity));
        Assert.Equal(["o1", "o1", "o2"], venue.Fills.Select(f => f.ClientOrderId));
    }

    [Fact]
    public void A_limit_that_is_not_marketable_rests_and_fills_at_its_price_as_maker_when_traded_through()
    {
        var venue = new VenueBench();
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 2, OrderType.Limit) with { Price = 99 });
        venue.Tick(100);
        venue.Tick(99);
        Assert.Empty(venue.Fills);
        venue.Tick(98.5m);
        Assert.Equal((99m, true, 0.0002m * 198), (venue.Last.LastFillPrice, venue.Last.IsMaker, venue.Last.FeeUsd));
    }

    [Fact]
    public void A_marketable_limit_takes_and_never_pays_more_than_its_limit()
    {
        var venue = new VenueBench(Plain with { ImpactFraction = 0.1m });
        venue.Tick(100, 10);
        venue.Send(venue.Order(Side.Buy, 10, OrderType.Limit) with { Price = 101 });
        venue.Tick(100, 10);
        Assert.Equal((101m, false), (venue.Last.LastFillPrice, venue.Last.IsMaker));
    }

    [Theory]
    [InlineData(Side.Buy, OrderType.StopMarket, 95, 96, 94)]
    [InlineData(Side.Buy, OrderType.TakeProfitMarket, 105, 104, 106)]
    [InlineData(Side.Sell, OrderType.StopMarket, 105, 104, 106)]
    [InlineData(Side.Sell, OrderType.TakeProfitMarket, 95, 96, 94)]
    public void Triggered_orders_fill_at_the_price_that_hits_them_gaps_included(
        Side entry, OrderType type, double trigger, double before, double hit)
    {
        var venue = new VenueBench();
        venue.Tick(100);
        venue.Send(venue.Order(entry, 2));
        venue.Tick(100);
        Assert.Equal(OrderStatus.Accepted,
            venue.Send(venue.Reduce(entry.Opposite(), 2, type, (decimal)trigger)).Status);
        venue.Tick((decimal)before);
        Assert.Single(venue.Fills);
        venue.Tick((decimal)hit);
        Assert.Equal(((decimal)hit, 0m), (venue.Last.LastFillPrice, venue.Last.PositionQuantity));
    }

    [Fact]
    public void A_stop_that_is_crossed_already_is_rejected()
    {
        var venue = new VenueBench();
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 2));
        venue.Tick(100);
        var answer = venue.Send(venue.Reduce(Side.Sell, 2, OrderType.StopMarket, 100));
        Assert.Equal((OrderStatus.Rejected, "would_trigger"), (answer.Status, answer.ReasonCode));
    }

    [Fact]
    public void Reduce_only_never_turns_the_position_round()
    {
        var venue = new VenueBench();
        venue.Tick(100);
        Assert.Equal("reduce_only_rejected", venue.Send(venue.Reduce(Side.Sell, 1)).ReasonCode);
        venue.Send(venue.Order(Side.Buy, 2));
        venue.Tick(100);
        Assert.Equal("reduce_only_rejected", venue.Send(venue.Reduce(Side.Buy, 1)).ReasonCode);
        venue.Send(venue.Reduce(Side.Sell, 5));
        venue.Send(venue.Reduce(Side.Sell, 5));
        venue.Tick(100);
        Assert.Equal(0m, venue.Fills.Last().PositionQuantity);
        Assert.Equal([2m, 2m], venue.Fills.Select(f => f.LastFillQuantity));
        Assert.Equal([OrderStatus.Expired, OrderStatus.Expired], venue.Updates.TakeLast(2).Select(u => u.Status));
    }

    [Fact]
    public void The_same_client_id_is_answered_with_the_order_it_made()
    {
        var venue = new VenueBench();
        venue.Tick(100);
        var order = venue.Order(Side.Buy, 2);
        venue.Send(order);
        venue.Send(order);
        venue.Tick(100);
        venue.Restart();
        var answer = venue.Send(order);
        Assert.Equal((UpdateKind.Order, OrderStatus.Filled, 2m),
            (answer.Kind, answer.Status, answer.CumulativeQuantity));
        venue.Tick(100);
        Assert.Single(venue.Fills);
    }

    [Fact]
    public void Cancel_and_query_tell_the_truth()
    {
        var venue = new VenueBench();
        venue.Tick(100);
        var order = venue.Order(Side.Buy, 2, OrderType.Limit) with { Price = 90 };
        Assert.Equal(OrderStatus.NotFound, venue.Send(order with { Action = OrderAction.Query, Quantity = 0 }).Status);
        Assert.Equal(OrderStatus.NotFound, venue.Send(order with { Action = OrderAction.Cancel, Quantity = 0 }).Status);
        venue.Send(order);
        Assert.Equal(OrderStatus.Accepted, venue.Send(order with { Action = OrderAction.Query, Quantity = 0 }).Status);
        Assert.Equal(OrderStatus.Canceled, venue.Send(order with { Action = OrderAction.Cancel, Quantity = 0 }).Status);
        Assert.Equal(OrderStatus.Canceled, venue.Send(order with { Action = OrderAction.Cancel, Quantity = 0 }).Status);
        venue.Tick(80);
        Assert.Empty(venue.Fills);
    }

    [Theory]
    [InlineData("insufficient_margin")]
    [InlineData("min_notional")]
    [InlineData("precision")]
    [InlineData("quantity")]
    [InlineData("leverage_not_allowed")]
    [InlineData("no_market")]
    [InlineData("symbol_unknown")]
    [InlineData("price_missing")]
    [InlineData("deadline")]
    public void What_a_venue_refuses_is_refused_with_its_code(string code)
    {
        var venue = new VenueBench();
        if (code != "no_market") venue.Tick(100);
        var order = venue.Order(Side.Buy, 2);
        var answer = venue.Send(code switch
        {
            "insufficient_margin" => order with { Quantity = 1000 },
            "min_notional" => order with { Type = OrderType.Limit, Price = 1, Quantity = 4.9m },
            "precision" => order with { Quantity = 2.05m },
            "quantity" => order with { Quantity = 1_000_000.1m },
            "leverage_not_allowed" => order with { Leverage = 21 },
            "symbol_unknown" => order with { Symbol = Symbol.Parse("NOPEUSDT") },
            "price_missing" => order with { Type = OrderType.Limit },
            "deadline" => order with { DeadlineMs = venue.NowMs - 1 },
            _ => order,
        });
        Assert.Equal(code, answer.ReasonCode);
        Assert.True(answer.Status is OrderStatus.Rejected or OrderStatus.Expired);
        venue.Tick(100);
        Assert.Empty(venue.Fills);
    }

    [Fact]
    public void Margin_is_what_leverage_says_and_working_orders_hold_theirs()
    {
        var venue = new VenueBench(Free);
        venue.Tick(100);
        // 10,000 USD at 10x carry 100,000 USD.
        Assert.Equal(OrderStatus.Accepted, venue.Send(venue.Order(Side.Buy, 600)).Status);
        Assert.Equal("insufficient_margin", venue.Send(venue.Order(Side.Buy, 400.1m)).ReasonCode);
        Assert.Equal(OrderStatus.Accepted, venue.Send(venue.Order(Side.Buy, 400)).Status);
    }

    [Theory]
    [InlineData(Side.Buy, 0.0001, -0.2)]
    [InlineData(Side.Sell, 0.0001, 0.2)]
    [InlineData(Side.Buy, -0.0001, 0.2)]
    public void Funding_is_settled_every_8_hours_at_mark(Side side, double rate, double expectedUsd)
    {
        var venue = new VenueBench();
        venue.Tick(100);
        venue.Send(venue.Order(side, 20));
        venue.Tick(100);
        venue.Market(100, rate);
        venue.Clock(T0 + 8 * 3_600_000 - 1);
        Assert.DoesNotContain(venue.Updates, u => u.Kind == UpdateKind.Funding);
        venue.Clock(T0 + 8 * 3_600_000);
        Assert.Equal((UpdateKind.Funding, (decimal)expectedUsd), (venue.Last.Kind, venue.Last.FundingUsd));
        venue.Clock(T0 + 16 * 3_600_000 - 1);
        Assert.Single(venue.Updates, u => u.Kind == UpdateKind.Funding);
        venue.Clock(T0 + 24 * 3_600_000);
        Assert.Equal(3, venue.Updates.Count(u => u.Kind == UpdateKind.Funding));
    }

    [Fact]
    public void Unknown_funding_settles_nothing()
    {
        var venue = new VenueBench();
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 20));
        venue.Tick(100);
        venue.Market(100, null);
        venue.Clock(T0 + 8 * 3_600_000);
        Assert.DoesNotContain(venue.Updates, u => u.Kind == UpdateKind.Funding);
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    public void Liquidation_comes_at_the_price_that_was_told_with_its_fee(Side side)
    {
        var venue = new VenueBench(Free);
        venue.Tick(100);
        venue.Send(venue.Order(side, 1000));
        venue.Tick(100);
        venue.Send(venue.Reduce(side.Opposite(), 1000, OrderType.StopMarket, side == Side.Buy ? 50 : 150));
        var told = venue.Last.LiquidationPrice!.Value;
        // Cash 10,000, 1,000 units: 10 USD of room, less maintenance of 2 % of the price.
        Assert.Equal(side == Side.Buy ? 90m / 0.98m : 110m / 1.02m, told, 10);
        var near = side == Side.Buy ? Math.Ceiling(told * 100) / 100 : Math.Floor(told * 100) / 100;
        venue.Tick(near);
        Assert.DoesNotContain(venue.Updates, u => u.Kind == UpdateKind.Liquidation);
        var beyond = near - side.Sign() * 0.01m;
        venue.Tick(beyond);
        Assert.Equal((UpdateKind.Liquidation, 1000m, beyond, 0m),
            (venue.Last.Kind, venue.Last.LastFillQuantity, venue.Last.LastFillPrice, venue.Last.PositionQuantity));
        Assert.Equal(beyond * 1000 * 0.0125m, venue.Last.FeeUsd);
        Assert.Equal((OrderStatus.Canceled, "liquidation"), (venue.Updates[^2].Status, venue.Updates[^2].ReasonCode));
    }

    [Theory]
    [InlineData("StartBalanceUsd")]
    [InlineData("TakerFeeFraction")]
    [InlineData("MaxVolumeShare")]
    [InlineData("LatencyMs")]
    public void Impossible_settings_are_named(string name)
    {
        var settings = name switch
        {
            "StartBalanceUsd" => Plain with { StartBalanceUsd = 0 },
            "TakerFeeFraction" => Plain with { TakerFeeFraction = 0.05m },
            "MaxVolumeShare" => Plain with { MaxVolumeShare = 0 },
            _ => Plain with { LatencyMs = -1 },
        };
        Assert.Contains(name, Assert.Throws<ArgumentException>(() => new SimVenueRole(settings)).Message,
            StringComparison.Ordinal);
    }
}
