using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using static Quantum.Roles.Tests.Venue.VenueBench;

namespace Quantum.Roles.Tests.Venue;

/// <summary>How long a limit order lives, and what it may do meanwhile.</summary>
public sealed class TimeInForceTests
{
    [Theory]
    [InlineData(Side.Buy, 100)]
    [InlineData(Side.Buy, 100.5)]
    [InlineData(Side.Sell, 100)]
    [InlineData(Side.Sell, 99.5)]
    public void A_post_only_order_that_would_take_is_refused(Side side, double price)
    {
        var venue = new VenueBench();
        venue.Tick(100);
        var answer = venue.Send(Limit(venue, side, 2, (decimal)price, TimeInForce.Gtx));
        Assert.Equal((OrderStatus.Rejected, "gtx_would_take"), (answer.Status, answer.ReasonCode));
    }

    [Fact]
    public void A_post_only_order_may_lie_inside_the_spread()
    {
        var venue = new VenueBench(Plain with { HalfSpreadFraction = 0.001m });
        venue.Tick(100);
        Assert.Equal(OrderStatus.Accepted, venue.Send(Limit(venue, Side.Buy, 2, 100.09m, TimeInForce.Gtx)).Status);
        Assert.Equal("gtx_would_take", venue.Send(Limit(venue, Side.Buy, 2, 100.1m, TimeInForce.Gtx)).ReasonCode);
    }

    [Fact]
    public void A_post_only_order_that_would_take_when_it_arrives_expires_and_else_rests()
    {
        var venue = new VenueBench();
        venue.Tick(100);
        venue.Send(Limit(venue, Side.Buy, 2, 99, TimeInForce.Gtx));
        venue.Tick(98.5m);
        Assert.Equal((OrderStatus.Expired, "gtx_would_take"), (venue.Last.Status, venue.Last.ReasonCode));
        venue.Send(Limit(venue, Side.Buy, 2, 98, TimeInForce.Gtx));
        venue.Tick(98.5m);
        venue.Tick(97.9m);
        Assert.Equal((98m, true), (venue.Last.LastFillPrice, venue.Last.IsMaker));
    }

    [Fact]
    public void Of_an_immediate_order_what_cannot_be_taken_expires()
    {
        var venue = new VenueBench(Plain with { MaxVolumeShare = 0.1m });
        venue.Tick(100, 10);
        venue.Send(Limit(venue, Side.Buy, 3, 100, TimeInForce.Ioc));
        venue.Tick(100, 10);
        Assert.Equal((2m, OrderStatus.PartiallyFilled), (venue.Updates[^2].LastFillQuantity, venue.Updates[^2].Status));
        Assert.Equal((OrderStatus.Expired, "ioc_rest", 2m),
            (venue.Last.Status, venue.Last.ReasonCode, venue.Last.CumulativeQuantity));
        venue.Tick(99, 1_000);
        Assert.Single(venue.Fills);
    }

    [Fact]
    public void An_immediate_order_out_of_reach_expires_whole_and_one_that_is_filled_is_filled()
    {
        var venue = new VenueBench();
        venue.Tick(100);
        venue.Send(Limit(venue, Side.Buy, 3, 99, TimeInForce.Ioc));
        venue.Tick(100);
        Assert.Equal((OrderStatus.Expired, "ioc_rest", 0m),
            (venue.Last.Status, venue.Last.ReasonCode, venue.Last.CumulativeQuantity));
        venue.Send(Limit(venue, Side.Buy, 3, 100, TimeInForce.Ioc));
        venue.Tick(100);
        Assert.Equal((OrderStatus.Filled, 3m), (venue.Last.Status, venue.Last.CumulativeQuantity));
    }

    [Theory]
    [InlineData(2, 100, OrderStatus.Filled)]
    [InlineData(2.1, 100, OrderStatus.Expired)]
    [InlineData(1, 99, OrderStatus.Expired)]
    public void An_all_or_nothing_order_takes_all_or_nothing(double quantity, double price, OrderStatus status)
    {
        var venue = new VenueBench(Plain with { MaxVolumeShare = 0.1m });
        venue.Tick(100, 10);
        venue.Send(Limit(venue, Side.Buy, (decimal)quantity, (decimal)price, TimeInForce.Fok));
        venue.Tick(100, 10);
        Assert.Equal((status, status == OrderStatus.Filled ? null : "fok_unfilled"),
            (venue.Last.Status, venue.Last.ReasonCode));
        Assert.Equal(status == OrderStatus.Filled ? (decimal)quantity : 0, venue.Position().Quantity);
    }

    [Fact]
    public void All_of_a_reduce_only_order_is_what_is_held()
    {
        var venue = new VenueBench();
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 2));
        venue.Tick(100);
        venue.Send(Limit(venue, Side.Sell, 5, 100, TimeInForce.Fok) with { ReduceOnly = true });
        venue.Tick(100);
        Assert.Equal((0m, OrderStatus.Expired, "reduce_only_rejected", 2m),
            (venue.Position().Quantity, venue.Last.Status, venue.Last.ReasonCode, venue.Last.CumulativeQuantity));
    }

    [Theory]
    [InlineData(OrderType.Market, TimeInForce.Ioc, "time_in_force")]
    [InlineData(OrderType.StopMarket, TimeInForce.Gtx, "time_in_force")]
    [InlineData(OrderType.Market, TimeInForce.Gtc, null)]
    public void An_order_without_a_limit_has_no_time_in_force(OrderType type, TimeInForce inForce, string? code)
    {
        var venue = new VenueBench();
        venue.Tick(100);
        var order = venue.Order(Side.Buy, 2, type) with { TimeInForce = inForce };
        Assert.Equal(code, venue.Send(
            type == OrderType.Market ? order : order with { TriggerPrice = 110 }).ReasonCode);
    }

    private static OrderCommand Limit(
        VenueBench venue, Side side, decimal quantity, decimal price, TimeInForce inForce) =>
        venue.Order(side, quantity, OrderType.Limit) with { Price = price, TimeInForce = inForce };
}
