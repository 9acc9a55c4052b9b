using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Symbols;
using static Quantum.Roles.Tests.Venue.VenueBench;

namespace Quantum.Roles.Tests.Venue;

/// <summary>What holds at the very limit: to the cent, to the millisecond, to the tick.</summary>
public sealed class VenueLimitTests
{
    [Theory]
    [InlineData(Side.Buy, 100.5, true)]
    [InlineData(Side.Buy, 100.49, false)]
    [InlineData(Side.Sell, 100.5, true)]
    [InlineData(Side.Sell, 100.49, false)]
    public void An_order_needs_its_margin_and_the_fee_of_taking_it(Side side, double cashUsd, bool isEnough)
    {
        // 1,000 USD at leverage 10, and 0.05 % of them.
        var venue = new VenueBench(Plain with { StartBalanceUsd = (decimal)cashUsd });
        venue.Tick(100);
        Assert.Equal(isEnough ? null : "insufficient_margin", venue.Send(venue.Order(side, 10)).ReasonCode);
    }

    [Fact]
    public void What_is_bound_is_the_same_before_an_order_fills_while_it_does_and_after()
    {
        var venue = new VenueBench(Free with { StartBalanceUsd = 1_000 });
        venue.Tick(100, 1);
        venue.Send(venue.Order(Side.Buy, 10, OrderType.Limit) with { Price = 100 });
        Assert.Equal(900, venue.View().AvailableUsd);
        venue.Tick(100, 4);
        Assert.Equal((5m, 900m), (venue.Position().Quantity, venue.View().AvailableUsd));
        venue.Tick(99, 1_000);
        // The rest was filled at its own price, and at 99 ten of them bind a dollar less of an equity that lost ten.
        Assert.Equal((10m, 100m), (venue.Position().Quantity, venue.Position().EntryPrice));
        Assert.Equal(1_000 - 10 - 99m, venue.View().AvailableUsd);
    }

    [Fact]
    public void A_maker_pays_the_makers_fee_and_a_taker_the_takers()
    {
        var venue = new VenueBench(Plain with { MakerFeeFraction = 0.0002m, TakerFeeFraction = 0.0005m });
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 10));
        venue.Tick(100);
        Assert.Equal((0.5m, false), (venue.Last.FeeUsd, venue.Last.IsMaker));
        venue.Send(venue.Order(Side.Buy, 10, OrderType.Limit) with { Price = 90 });
        venue.Tick(95);
        venue.Tick(89);
        Assert.Equal((0.18m, true, 90m), (venue.Last.FeeUsd, venue.Last.IsMaker, venue.Last.LastFillPrice));
        Assert.Equal(10_000 - 0.68m, venue.View().WalletUsd);
    }

    [Theory]
    [InlineData(Side.Buy, 33.34)]
    [InlineData(Side.Sell, 33.32)]
    public void The_price_of_taking_is_rounded_to_the_tick_against_the_taker(Side side, double price)
    {
        var venue = new VenueBench(Free with { HalfSpreadFraction = 0.0001m });
        venue.Tick(33.33m);
        venue.Send(venue.Order(side, 10));
        venue.Tick(33.33m);
        Assert.Equal((decimal)price, venue.Last.LastFillPrice);
    }

    [Theory]
    [InlineData(106, Side.Buy, "percent_price")]
    [InlineData(106, Side.Sell, null)]
    [InlineData(105, Side.Buy, null)]
    [InlineData(94, Side.Sell, "percent_price")]
    [InlineData(94, Side.Buy, null)]
    [InlineData(95, Side.Sell, null)]
    public void A_market_order_is_refused_where_the_last_price_is_too_far_on_its_side_of_the_mark(
        double last, Side side, string? code)
    {
        var filters = Filters(Coin) with { PriceUpFactor = 1.05m, PriceDownFactor = 0.95m };
        var venue = new VenueBench(Free with { Symbols = new SymbolFilterBook(filters) });
        venue.Tick((decimal)last);
        venue.Market(100);
        Assert.Equal(code, venue.Send(venue.Order(side, 1)).ReasonCode);
    }

    [Fact]
    public void The_least_and_the_most_of_a_filter_are_within_it()
    {
        var filters = Filters(Coin) with { MaxQuantity = 50, MaxMarketQuantity = 20, MinNotionalUsd = 10 };
        var venue = new VenueBench(Free with { Symbols = new SymbolFilterBook(filters) });
        venue.Tick(100);
        Assert.Null(venue.Send(venue.Order(Side.Buy, 0.1m)).ReasonCode);
        Assert.Null(venue.Send(venue.Order(Side.Buy, 20)).ReasonCode);
        Assert.Equal("quantity", venue.Send(venue.Order(Side.Buy, 20.1m)).ReasonCode);
        OrderCommand Limit(decimal quantity, decimal price) =>
            venue.Order(Side.Buy, quantity, OrderType.Limit) with { Price = price };
        Assert.Null(venue.Send(Limit(50, 90)).ReasonCode);
        Assert.Equal("quantity", venue.Send(Limit(50.1m, 90)).ReasonCode);
        // 10 USD, and one cent less.
        Assert.Null(venue.Send(Limit(0.1m, 100)).ReasonCode);
        Assert.Equal("min_notional", venue.Send(Limit(0.1m, 99.9m)).ReasonCode);
    }

    [Fact]
    public void An_order_that_comes_at_its_deadline_is_in_time()
    {
        var venue = new VenueBench(Free);
        venue.Tick(100);
        Assert.Equal(OrderStatus.Accepted,
            venue.Send(venue.Order(Side.Buy, 1) with { DeadlineMs = venue.NowMs }).Status);
    }

    [Theory]
    [InlineData(OrderType.StopMarket)]
    [InlineData(OrderType.TakeProfitMarket)]
    public void A_trigger_at_the_very_price_is_crossed(OrderType type)
    {
        var venue = new VenueBench(Free);
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 2));
        venue.Tick(100);
        Assert.Equal("would_trigger", venue.Send(venue.Reduce(Side.Sell, 1, type, 100)).ReasonCode);
        var near = type == OrderType.StopMarket ? 99.99m : 100.01m;
        Assert.Null(venue.Send(venue.Reduce(Side.Sell, 1, type, near)).ReasonCode);
    }

    [Fact]
    public void Before_any_trade_the_feeds_last_price_stands_and_afterwards_only_trades_move_it()
    {
        var venue = new VenueBench(Free);
        venue.Market(90);
        Assert.Null(venue.Send(venue.Order(Side.Buy, 2)).ReasonCode);
        venue.Tick(100);
        venue.Market(90);
        // By the last trade a stop at 95 waits; by what the feed told of the market it would be crossed.
        Assert.Null(venue.Send(venue.Reduce(Side.Sell, 1, OrderType.StopMarket, 95)).ReasonCode);
    }

    [Fact]
    public void What_reduces_sets_no_leverage()
    {
        var venue = new VenueBench(Free);
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 2));
        venue.Tick(100);
        venue.Send(venue.Reduce(Side.Sell, 1, OrderType.StopMarket, 90) with { Leverage = 5 });
        Assert.Equal((OrderStatus.Accepted, 10), (venue.Last.Status, venue.Position().Leverage));
    }

    [Fact]
    public void Who_owes_margin_may_still_bind_less_of_it()
    {
        var venue = new VenueBench(Free);
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 900));
        venue.Tick(100);
        venue.Tick(97);
        Assert.True(venue.View().AvailableUsd < 0);
        Assert.Equal(OrderStatus.Accepted, venue.Configure(leverage: 10).Status);
        Assert.Equal(OrderStatus.Accepted, venue.Configure(leverage: 20).Status);
        Assert.Equal("insufficient_margin", venue.Configure(leverage: 10).ReasonCode);
    }

    [Fact]
    public void The_leverage_of_what_has_outgrown_every_bracket_falls_to_one_alone()
    {
        var brackets = new LeverageBrackets(new LeverageBracket(1_000, 20, 0.02m));
        var filters = Filters(Coin) with { Brackets = brackets };
        var venue = new VenueBench(Free with { Symbols = new SymbolFilterBook(filters) });
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 9));
        venue.Tick(100);
        venue.Tick(200);
        Assert.Equal("leverage_not_allowed", venue.Configure(leverage: 2).ReasonCode);
        Assert.Equal((OrderStatus.Accepted, 1), (venue.Configure(leverage: 1).Status, venue.Position().Leverage));
    }

    [Theory]
    [InlineData(Side.Buy, false, 90.01, 90)]
    [InlineData(Side.Buy, true, 90.01, 90)]
    [InlineData(Side.Sell, false, 109.99, 110)]
    [InlineData(Side.Sell, true, 109.99, 110)]
    public void It_is_liquidated_where_what_is_left_is_what_must_be_kept(
        Side side, bool isIsolated, double near, double there)
    {
        // 10 at 100: at 90 the loss is 100 USD and 18 must be kept; at 110, of a short, 22.
        var behindUsd = side == Side.Buy ? 118m : 122m;
        var venue = new VenueBench(Free with { StartBalanceUsd = isIsolated ? 10_000 : behindUsd });
        venue.Configure(leverage: 10, isIsolated: isIsolated);
        venue.Tick(100);
        venue.Send(venue.Order(side, 10));
        venue.Tick(100);
        if (isIsolated) venue.Configure(marginUsd: behindUsd);
        venue.Tick((decimal)near);
        Assert.DoesNotContain(venue.Updates, told => told.Kind == UpdateKind.Liquidation);
        venue.Tick((decimal)there);
        Assert.Equal((UpdateKind.Liquidation, (decimal)there), (venue.Last.Kind, venue.Last.LastFillPrice));
    }

    [Theory]
    [InlineData(Side.Buy, 91, 1, 91)]
    [InlineData(Side.Buy, 90, 0, 90)]
    [InlineData(Side.Buy, 70, 0, 90)]
    [InlineData(Side.Sell, 109.5, 5, 109.5)]
    [InlineData(Side.Sell, 110, 0, 110)]
    [InlineData(Side.Sell, 130, 0, 110)]
    public void An_isolated_liquidation_costs_the_margin_at_most_and_its_fee_what_is_left_of_it(
        Side side, double mark, int feeUsd, double price)
    {
        var venue = new VenueBench(Free);
        venue.Configure(leverage: 10, isIsolated: true);
        venue.Tick(100);
        venue.Send(venue.Order(side, 10));
        venue.Tick(100);
        venue.Tick((decimal)mark);
        var leftUsd = 100 - (10 * Math.Abs(100 - (decimal)mark));
        Assert.Equal(((decimal)price, UpdateKind.Liquidation), (venue.Last.LastFillPrice, venue.Last.Kind));
        Assert.Equal(Math.Clamp(leftUsd, 0, 10 * (decimal)price * 0.0125m), venue.Last.FeeUsd);
        Assert.True(feeUsd == 0 ? venue.Last.FeeUsd == 0 : venue.Last.FeeUsd > 0);
        Assert.Equal(Math.Max(0, -leftUsd), venue.View().InsuranceUsd);
        Assert.Equal(leftUsd < 0, venue.Last.Reason is not null);
        Assert.True(venue.View().WalletUsd >= 9_900, $"{venue.View().WalletUsd} USD are left of 10,000 less 100");
    }

    [Theory]
    [InlineData(Side.Buy, 90)]
    [InlineData(Side.Sell, 110)]
    public void Funding_of_an_isolated_position_is_its_own_to_pay_and_to_get(Side side, int marginUsd)
    {
        var venue = new VenueBench(Free);
        venue.Configure(leverage: 10, isIsolated: true);
        venue.Tick(100);
        venue.Send(venue.Order(side, 10));
        venue.Tick(100);
        venue.Market(100, 0.01);
        venue.Clock(T0 + (8 * 3_600_000));
        Assert.Equal((marginUsd, 9_900m), (venue.Position().IsolatedMarginUsd, venue.View().AvailableUsd));
    }

    [Fact]
    public void A_close_position_stop_waits_while_anything_is_held_and_goes_with_the_last_of_it()
    {
        var venue = new VenueBench(Free);
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 10));
        venue.Tick(100);
        var stop = venue.Reduce(Side.Sell, 0, OrderType.StopMarket, 90) with { ClosePosition = true };
        Assert.Null(venue.Send(stop).ReasonCode);
        venue.Send(venue.Reduce(Side.Sell, 9.9m));
        venue.Tick(100);
        Assert.Equal(0.1m, venue.Position().Quantity);
        Assert.Equal(stop.ClientOrderId, Assert.Single(venue.View().Orders).Command.ClientOrderId);
        venue.Send(venue.Reduce(Side.Sell, 0.1m));
        venue.Tick(100);
        Assert.Empty(venue.View().Orders);
        Assert.Equal("position_gone", venue.Last.ReasonCode);
    }

    [Theory]
    [InlineData(Side.Buy, null)]
    [InlineData(Side.Sell, "reduce_only_rejected")]
    public void What_closes_a_position_may_come_with_the_order_that_opens_that_one_and_no_other(
        Side opening, string? code)
    {
        var venue = new VenueBench(Free);
        venue.Tick(100);
        venue.Send(venue.Order(opening, 1, OrderType.Limit) with { Price = opening == Side.Buy ? 95 : 105 });
        Assert.Equal(code, venue.Send(
            venue.Reduce(Side.Sell, 0, OrderType.StopMarket, 90) with { ClosePosition = true }).ReasonCode);
    }

    [Fact]
    public void The_account_shows_the_sums_of_its_positions()
    {
        var venue = new VenueBench(Free);
        venue.Tick(100);
        venue.Tick(50, symbol: Other);
        venue.Send(venue.Order(Side.Buy, 10));
        venue.Send(venue.Order(Side.Sell, 20) with { Symbol = Other });
        venue.Tick(100);
        venue.Tick(50, symbol: Other);
        venue.Tick(110);
        venue.Tick(52, symbol: Other);
        var view = venue.View();
        Assert.Equal((100m - 40m, (1_100 + 1_040) * 0.02m), (view.UnrealizedUsd, view.MaintenanceUsd));
        Assert.Equal(10_000 + 60 - (2_140 / 10m), view.AvailableUsd);
        Assert.Equal((1_100m, 1_040m, 110m, 104m), (venue.Position().NotionalUsd, venue.Position(Other).NotionalUsd,
            venue.Position().InitialUsd, venue.Position(Other).InitialUsd));
    }

    [Fact]
    public void A_mark_triggers_from_the_moment_on_at_which_the_order_is_there()
    {
        var venue = new VenueBench(Free with { LatencyMs = 50 });
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 2));
        venue.Tick(100);
        venue.Send(venue.Reduce(Side.Sell, 2, OrderType.StopMarket, 95) with { TriggerBy = TriggerBy.MarkPrice });
        venue.NowMs += 49;
        venue.Market(94);
        Assert.False(Assert.Single(venue.View().Orders).IsTriggered);
        venue.NowMs += 1;
        venue.Market(94);
        Assert.True(Assert.Single(venue.View().Orders).IsTriggered);
    }
}
