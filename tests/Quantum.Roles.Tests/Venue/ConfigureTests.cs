using Quantum.Contracts.Units;
using Quantum.Roles.Symbols;
using static Quantum.Roles.Tests.Venue.VenueBench;

namespace Quantum.Roles.Tests.Venue;

/// <summary>Leverage, margin mode and margin without an order.</summary>
public sealed class ConfigureTests
{
    [Fact]
    public void It_is_set_and_told_with_the_commands_id()
    {
        var venue = new VenueBench();
        var answer = venue.Configure(leverage: 7, isIsolated: true);
        Assert.Equal((UpdateKind.Configuration, OrderStatus.Accepted, "o1", 7, true),
            (answer.Kind, answer.Status, answer.ClientOrderId, answer.Leverage, answer.IsIsolated));
        venue.Restart();
        Assert.Equal((7, true, 0m),
            (venue.Position().Leverage, venue.Position().IsIsolated, venue.Position().Quantity));
        Assert.False(venue.Configure(isIsolated: false).IsIsolated);
        Assert.Equal(7, venue.Position().Leverage);
    }

    [Fact]
    public void What_is_not_traded_is_not_configured()
    {
        var venue = new VenueBench();
        var answer = venue.Configure(leverage: 7, symbol: Symbol.Parse("NOPEUSDT"));
        Assert.Equal((UpdateKind.Configuration, OrderStatus.Rejected, "symbol_unknown"),
            (answer.Kind, answer.Status, answer.ReasonCode));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_margin_mode_stays_while_a_position_or_an_order_is_open(bool isFilled)
    {
        var venue = new VenueBench();
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 2, OrderType.Limit) with { Price = isFilled ? 100 : 90 });
        venue.Tick(100);
        Assert.Equal("margin_mode_blocked", venue.Configure(leverage: 5, isIsolated: true).ReasonCode);
        // All or nothing: the leverage has stayed as well.
        Assert.Equal((10, false), (venue.Position().Leverage, venue.Position().IsIsolated));
        Assert.Equal("margin_mode_blocked",
            venue.Send(venue.Order(Side.Buy, 1) with { IsIsolated = true }).ReasonCode);
        Assert.Equal(OrderStatus.Accepted, venue.Configure(isIsolated: false).Status);
        Assert.Equal(OrderStatus.Accepted, venue.Send(venue.Order(Side.Buy, 1) with { IsIsolated = false }).Status);
    }

    [Fact]
    public void The_leverage_of_an_open_isolated_position_is_raised_and_not_lowered()
    {
        var venue = Isolated();
        Assert.Equal("leverage_blocked", venue.Configure(leverage: 9).ReasonCode);
        Assert.Equal("leverage_blocked", venue.Send(venue.Order(Side.Buy, 1) with { Leverage = 9 }).ReasonCode);
        Assert.Equal(20, venue.Configure(leverage: 20).Leverage);
        Assert.Equal(100, venue.Position().IsolatedMarginUsd);
    }

    [Fact]
    public void A_lower_leverage_of_a_cross_position_needs_its_margin()
    {
        var venue = new VenueBench(Free);
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 500));
        venue.Tick(100);
        Assert.Equal("insufficient_margin", venue.Configure(leverage: 4).ReasonCode);
        Assert.Equal(OrderStatus.Accepted, venue.Configure(leverage: 5).Status);
        Assert.Equal(0, venue.View().AvailableUsd);
    }

    [Fact]
    public void A_leverage_above_the_brackets_is_refused()
    {
        var brackets = new LeverageBrackets(
            new LeverageBracket(1_000, 20, 0.02m), new LeverageBracket(100_000, 10, 0.05m));
        var venue = new VenueBench(Free with
        {
            Symbols = new SymbolFilterBook(Filters(Coin) with { Brackets = brackets }),
        });
        Assert.Equal("leverage_not_allowed", venue.Configure(leverage: 21).ReasonCode);
        Assert.Equal(OrderStatus.Accepted, venue.Configure(leverage: 20).Status);
        venue.Tick(100);
        // An order that names no leverage has that of the symbol.
        Assert.Equal("leverage_not_allowed", venue.Send(venue.Order(Side.Buy, 11) with { Leverage = null }).ReasonCode);
        venue.Send(venue.Order(Side.Buy, 11));
        venue.Tick(100);
        Assert.Equal("leverage_not_allowed", venue.Configure(leverage: 11).ReasonCode);
    }

    [Fact]
    public void The_margin_of_an_isolated_position_is_what_is_asked_for_however_often()
    {
        var venue = Isolated();
        Assert.Equal(OrderStatus.Accepted, venue.Configure(marginUsd: 350).Status);
        Assert.Equal(OrderStatus.Accepted, venue.Configure(marginUsd: 350).Status);
        Assert.Equal((350m, 9_650m, 10_000m),
            (venue.Position().IsolatedMarginUsd, venue.View().AvailableUsd, venue.View().WalletUsd));
        Assert.Equal(650 / 9.8m, venue.Position().LiquidationPrice!.Value, 10);
        Assert.Equal("insufficient_margin", venue.Configure(marginUsd: 10_001).ReasonCode);
        venue.Configure(marginUsd: 10_000);
        Assert.Equal((10_000m, 0m), (venue.Position().IsolatedMarginUsd, venue.View().AvailableUsd));
    }

    [Fact]
    public void What_is_taken_out_leaves_what_the_position_needs()
    {
        var venue = Isolated();
        venue.Configure(marginUsd: 350);
        venue.Tick(95);
        // 950 USD at leverage 10, and 50 USD are lost.
        Assert.Equal("insufficient_margin", venue.Configure(marginUsd: 144.99m).ReasonCode);
        Assert.Equal(OrderStatus.Accepted, venue.Configure(marginUsd: 145).Status);
    }

    [Fact]
    public void Without_an_isolated_position_there_is_no_margin_to_set()
    {
        var venue = new VenueBench();
        Assert.Equal("no_isolated_position", venue.Configure(marginUsd: 50).ReasonCode);
        venue.Configure(isIsolated: true);
        Assert.Equal("no_isolated_position", venue.Configure(marginUsd: 50).ReasonCode);
    }

    private static VenueBench Isolated()
    {
        var venue = new VenueBench(Free);
        venue.Configure(isIsolated: true);
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 10));
        venue.Tick(100);
        Assert.Equal((true, 100m), (venue.Position().IsIsolated, venue.Position().IsolatedMarginUsd));
        return venue;
    }
}
