using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Symbols;
using static Quantum.Roles.Tests.Venue.VenueBench;

namespace Quantum.Roles.Tests.Venue;

/// <summary>What the venue does by a mark alone, and what it does not do at all.</summary>
public sealed class VenueEdgeTests
{
    private const long Hour = 3_600_000;

    [Fact]
    public void A_mark_alone_liquidates_and_a_cross_liquidation_is_nobodys_loss_but_the_accounts()
    {
        var venue = new VenueBench(Free with { StartBalanceUsd = 110 });
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 10));
        venue.Tick(100);
        venue.Market(90);
        Assert.Equal((UpdateKind.Liquidation, 90m), (venue.Last.Kind, venue.Last.LastFillPrice));
    }

    [Fact]
    public void An_isolated_liquidation_that_its_margin_covers_asks_nothing_of_the_insurance()
    {
        var venue = new VenueBench(Free);
        venue.Tick(100);
        venue.Configure(leverage: 10, isIsolated: true);
        venue.Send(venue.Order(Side.Buy, 10));
        venue.Tick(100);
        venue.Tick(91.5m);
        Assert.Equal(UpdateKind.Liquidation, venue.Last.Kind);
        Assert.Null(venue.Last.Reason);
        Assert.Equal(0, venue.View().InsuranceUsd);
    }

    [Fact]
    public void A_mark_alone_settles_funding_that_is_due()
    {
        var venue = new VenueBench(Free);
        venue.Tick(100);
        venue.Send(venue.Order(Side.Sell, 20));
        venue.Tick(100);
        venue.Market(100, 0.0001, nextFundingAtMs: T0 + (8 * Hour));
        venue.NowMs = T0 + (8 * Hour);
        venue.Market(100, 0.0001);
        Assert.Equal(0.2m, Assert.Single(venue.Updates, told => told.Kind == UpdateKind.Funding).FundingUsd);
    }

    [Fact]
    public void A_moment_that_is_told_long_after_the_last_one_says_nothing_of_the_interval()
    {
        var venue = new VenueBench(Free with
        {
            Symbols = new SymbolFilterBook(Filters(Coin) with { FundingHours = 8 }),
        });
        venue.Tick(100);
        venue.Send(venue.Order(Side.Sell, 20));
        venue.Tick(100);
        venue.Market(100, 0.0001, nextFundingAtMs: T0 + (9 * Hour));
        venue.Clock(T0 + (13 * Hour));
        // Seven hours lie between the two; four of them have passed, so one in between may be missing.
        venue.Market(100, 0.0001, nextFundingAtMs: T0 + (16 * Hour));
        venue.Clock(T0 + (30 * Hour));
        Assert.Equal([9 * Hour, 16 * Hour, 24 * Hour], venue.Updates
            .Where(told => told.Kind == UpdateKind.Funding)
            .Select(told => long.Parse(told.VenueTradeId!.Split('-')[^1]) - T0));
    }

    [Fact]
    public void What_is_not_listed_is_not_looked_at()
    {
        var venue = new VenueBench();
        var unknown = Symbol.Parse("NOPEUSDT");
        venue.Tick(100, symbol: unknown);
        venue.Market(100, symbol: unknown);
        Assert.Empty(venue.Updates);
        Assert.Equal(OrderStatus.Rejected, venue.Send(venue.Order(Side.Buy, 1) with { Symbol = unknown }).Status);
    }

    [Fact]
    public void An_order_of_another_mode_is_refused()
    {
        var venue = new VenueBench();
        venue.Tick(100);
        venue.Mode = TradingMode.Live;
        venue.Send(venue.Order(Side.Buy, 1));
        Assert.Equal((OrderStatus.Rejected, "mode_mismatch"), (venue.Last.Status, venue.Last.ReasonCode));
    }

    [Fact]
    public void Who_asks_for_an_order_hears_what_was_filled_and_at_what_average()
    {
        var venue = new VenueBench(Free);
        venue.Tick(100);
        var order = venue.Order(Side.Buy, 10, OrderType.Limit) with { Price = 120 };
        venue.Send(order);
        venue.Tick(100, quantity: 4);
        venue.Tick(110, quantity: 6);
        venue.Send(order with { Action = OrderAction.Query });
        Assert.Equal(venue.Fills.Sum(fill => fill.LastFillQuantity), venue.Last.CumulativeQuantity);
        Assert.True(venue.Last.CumulativeQuantity > 0);
        Assert.Equal(
            venue.Fills.Sum(fill => fill.LastFillQuantity * fill.LastFillPrice) / venue.Last.CumulativeQuantity,
            venue.Last.AveragePrice);
    }
}
