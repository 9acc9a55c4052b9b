using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Symbols;
using Quantum.Roles.Venue;
using static Quantum.Roles.Tests.Venue.VenueBench;

namespace Quantum.Roles.Tests.Venue;

/// <summary>A position with a margin of its own: what it binds, what it pays, and that it alone is lost.</summary>
public sealed class IsolatedMarginTests
{
    [Fact]
    public void It_takes_its_share_of_the_cash_and_gives_it_back_in_proportion()
    {
        var venue = Held(Side.Buy, 10);
        Assert.Equal((100m, 9_900m), (venue.Position().IsolatedMarginUsd, venue.View().AvailableUsd));
        venue.Send(venue.Order(Side.Buy, 10));
        venue.Tick(110);
        // 10 more at 110 with leverage 10.
        Assert.Equal((210m, 105m), (venue.Position().IsolatedMarginUsd, venue.Position().EntryPrice));
        venue.Send(venue.Reduce(Side.Sell, 5));
        venue.Tick(110);
        Assert.Equal((157.5m, 15m), (venue.Position().IsolatedMarginUsd, venue.Position().Quantity));
        Assert.Equal(10_025, venue.View().WalletUsd);
        // What is won but not realised is of no use to others.
        Assert.Equal(10_025 - 157.5m, venue.View().AvailableUsd);
        venue.Send(venue.Reduce(Side.Sell, 15));
        venue.Tick(110);
        Assert.Equal((0m, 10_100m, 10_100m),
            (venue.Position().IsolatedMarginUsd, venue.View().WalletUsd, venue.View().AvailableUsd));
    }

    [Fact]
    public void A_position_that_is_turned_has_the_margin_of_what_is_new()
    {
        var venue = Held(Side.Buy, 10);
        venue.Send(venue.Order(Side.Sell, 30));
        venue.Tick(120);
        Assert.Equal((-20m, 240m, 10_200m),
            (venue.Position().Quantity, venue.Position().IsolatedMarginUsd, venue.View().WalletUsd));
    }

    [Theory]
    [InlineData(Side.Buy, 91.84, 91.83)]
    [InlineData(Side.Sell, 107.84, 107.85)]
    public void It_is_liquidated_by_its_own_margin_whatever_else_there_is(Side side, double near, double beyond)
    {
        var venue = Held(side, 10);
        // 100 USD behind 10 at 100: (1000 - 100) / (10 - 0.2), (1000 + 100) / (10 + 0.2).
        Assert.Equal(side == Side.Buy ? 900 / 9.8m : 1100 / 10.2m, venue.Position().LiquidationPrice!.Value, 10);
        venue.Tick((decimal)near);
        Assert.DoesNotContain(venue.Updates, u => u.Kind == UpdateKind.Liquidation);
        venue.Tick((decimal)beyond);
        var price = (decimal)beyond;
        Assert.Equal((UpdateKind.Liquidation, price, 10 * price * 0.0125m, 0m),
            (venue.Last.Kind, venue.Last.LastFillPrice, venue.Last.FeeUsd, venue.Last.PositionQuantity));
        Assert.Equal(10_000 - 10 * Math.Abs(100 - price) - venue.Last.FeeUsd, venue.View().WalletUsd);
        Assert.Equal(0, venue.View().InsuranceUsd);
    }

    [Fact]
    public void Its_liquidation_touches_no_other_position_and_no_other_order()
    {
        var venue = Held(Side.Buy, 10);
        venue.Tick(50, symbol: Other);
        venue.Send(venue.Order(Side.Buy, 100) with { Symbol = Other });
        venue.Tick(50, symbol: Other);
        venue.Send(venue.Order(Side.Buy, 1, OrderType.Limit) with { Symbol = Other, Price = 40 });
        venue.Send(venue.Reduce(Side.Sell, 10, OrderType.StopMarket, 40));
        venue.Tick(60);
        Assert.Equal(0, venue.Position().Quantity);
        Assert.Equal((100m, 10, false), (venue.Position(Other).Quantity, venue.Position(Other).Leverage,
            venue.Position(Other).IsIsolated));
        Assert.Equal(Other, Assert.Single(venue.View().Orders).Command.Symbol);
        Assert.Equal(9_900, venue.View().WalletUsd);
    }

    [Fact]
    public void A_cross_account_that_breaks_leaves_the_isolated_position_alone()
    {
        var venue = Held(Side.Buy, 10, Free with { StartBalanceUsd = 600 });
        venue.Tick(50, symbol: Other);
        venue.Send(venue.Order(Side.Buy, 90) with { Symbol = Other });
        venue.Tick(50, symbol: Other);
        venue.Tick(44, symbol: Other);
        Assert.Equal((UpdateKind.Liquidation, Other), (venue.Last.Kind, venue.Last.Symbol));
        // 500 of the account less 540 and the fee of 90 at 44; the margin of the other position pays none of it.
        Assert.Contains("cross cash is -89.5 USD", venue.Last.Reason);
        Assert.Equal((10m, 100m), (venue.Position().Quantity, venue.Position().IsolatedMarginUsd));
    }

    [Fact]
    public void A_gap_beyond_its_margin_is_borne_by_the_insurance_fund_and_shown()
    {
        var venue = Held(Side.Buy, 10);
        venue.Tick(70);
        // The margin is gone at 90; 10 times 20 more is not ours.
        Assert.Equal((90m, 0m), (venue.Last.LastFillPrice, venue.Last.FeeUsd));
        Assert.Contains("short by 200 USD", venue.Last.Reason);
        Assert.Equal((9_900m, 200m), (venue.View().WalletUsd, venue.View().InsuranceUsd));
    }

    [Fact]
    public void A_cross_account_that_is_gapped_shows_what_it_owes()
    {
        var venue = new VenueBench(Free with { StartBalanceUsd = 100, LiquidationFeeFraction = 0 });
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 10));
        venue.Tick(100);
        venue.Tick(70);
        Assert.Equal((-200m, 0m), (venue.View().WalletUsd, venue.View().InsuranceUsd));
        Assert.Contains("cross cash is -200 USD", venue.Last.Reason);
    }

    [Fact]
    public void The_symbols_own_liquidation_fee_is_taken_where_it_is_told()
    {
        var book = new SymbolFilterBook(Filters(Coin) with { LiquidationFeeFraction = 0.004m });
        var venue = Held(Side.Buy, 10, Free with { Symbols = book });
        venue.Tick(91.8m);
        Assert.Equal(10 * 91.8m * 0.004m, venue.Last.FeeUsd);
    }

    [Fact]
    public void Funding_is_paid_from_its_own_margin()
    {
        var venue = Held(Side.Buy, 10);
        var before = venue.Position().LiquidationPrice!.Value;
        venue.Market(100, 0.01);
        venue.Clock(T0 + 8 * 3_600_000);
        Assert.Equal((-10m, 90m, 9_990m, 9_900m), (venue.Last.FundingUsd, venue.Position().IsolatedMarginUsd,
            venue.View().WalletUsd, venue.View().AvailableUsd));
        Assert.Equal(before + 10 / 9.8m, venue.Position().LiquidationPrice!.Value, 10);
    }

    private static VenueBench Held(Side side, decimal quantity, VenueSettings? settings = null)
    {
        var venue = new VenueBench(settings ?? Free);
        venue.Tick(100);
        venue.Send(venue.Order(side, quantity) with { IsIsolated = true });
        venue.Tick(100);
        Assert.True(venue.Last.IsIsolated);
        return venue;
    }
}
