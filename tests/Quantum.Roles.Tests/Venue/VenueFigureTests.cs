using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Venue;
using Quantum.Roles.Venue.State;
using static Quantum.Roles.Tests.Venue.VenueBench;

namespace Quantum.Roles.Tests.Venue;

/// <summary>The figures a fill is made of: a minute's volume, the way of a price, the touch, what is booked.</summary>
public sealed class VenueFigureTests
{
    private const long Minute = 60_000;

    [Fact]
    public void The_minutes_volume_is_the_running_bucket_and_what_is_left_of_the_one_before()
    {
        var volume = new RollingVolume();
        Assert.Null(volume.Available(T0, 0.5m));
        volume.Add(T0, 0);
        Assert.Null(volume.Available(T0, 0.5m));
        volume.Add(T0, 80);
        volume.AddOurs(T0, 10);
        Assert.Equal((80m, 30m), (volume.Window(T0 + 30_000), volume.Available(T0 + 30_000, 0.5m)));
        volume.Add(T0 + Minute, 20);
        volume.AddOurs(T0 + Minute, 5);
        // A quarter of the running minute has passed: three quarters of the one before still count.
        Assert.Equal(80m, volume.Window(T0 + Minute + 15_000));
        Assert.Equal(40m - 5m - 7.5m, volume.Available(T0 + Minute + 15_000, 0.5m));
        Assert.Equal(0m, volume.Available(T0 + Minute + 15_000, 0.1m));
        // A minute in which nothing traded stands between.
        Assert.Equal(0m, volume.Window(T0 + (3 * Minute)));
        Assert.Equal(0m, volume.Available(T0 + (3 * Minute), 0.5m));
    }

    [Fact]
    public void What_was_told_of_an_older_minute_counts_in_the_running_one()
    {
        var volume = new RollingVolume();
        volume.AddOurs(T0 + Minute, 1);
        volume.Add(T0 + Minute, 10);
        volume.Add(T0, 10);
        Assert.Equal(20m, volume.Window(T0 + Minute));
    }

    [Theory]
    [InlineData(100, 110)]
    [InlineData(110, 100)]
    public void A_walked_price_is_in_a_straight_line_from_one_tick_to_the_next(int from, int to)
    {
        var leg = new PriceLeg(1_000, from, 3_000, to, true);
        Assert.Equal((from, 105m, to), (leg.At(1_000), leg.At(2_000), leg.At(3_000)));
        Assert.Equal((from, to), (leg.At(500), leg.At(9_000)));
        Assert.Equal((1_000, 2_000, 3_000), (leg.WhenAt(from), leg.WhenAt(105), leg.WhenAt(to)));
        Assert.Equal(1_000, new PriceLeg(1_000, 100, 3_000, 100, true).WhenAt(100));
    }

    [Theory]
    [InlineData(0, 1_000, false)]
    [InlineData(1_000, 1_000, false)]
    [InlineData(1_000, 1_001, true)]
    public void A_price_walks_only_from_a_tick_that_was_before(long lastMs, long atMs, bool isWalked)
    {
        var market = new VenueMarket { LastPrice = 100, LastTickMs = lastMs, IsAtPathPoint = true };
        var leg = PriceLeg.Of(market, new MarketTick { Symbol = Coin, Price = 110, Quantity = 1 }, atMs);
        Assert.Equal((isWalked, isWalked ? 100m : 110m, 110m), (leg.IsWalked, leg.From, leg.To));
    }

    [Fact]
    public void The_book_of_a_tick_is_that_of_its_own_price_and_elsewhere_half_the_spread_is_paid()
    {
        var quotes = new Quotes(100, 99, 102, 0.01m);
        Assert.Equal((102m, 99m), (quotes.TouchOf(Side.Buy, 100), quotes.TouchOf(Side.Sell, 100)));
        Assert.Equal((202m, 198m), (quotes.TouchOf(Side.Buy, 200), quotes.TouchOf(Side.Sell, 200)));
        var bare = new Quotes(100, null, null, 0.01m);
        Assert.Equal((101m, 99m), (bare.TouchOf(Side.Buy, 100), bare.TouchOf(Side.Sell, 100)));
        Assert.True(quotes.IsMarketable(Side.Buy, 102, 100) && quotes.IsMarketable(Side.Sell, 99, 100));
        Assert.False(quotes.IsMarketable(Side.Buy, 101.9m, 100) || quotes.IsMarketable(Side.Sell, 99.1m, 100));
    }

    [Theory]
    [InlineData(Side.Buy, 102)]
    [InlineData(Side.Sell, 98)]
    public void Who_takes_the_whole_minute_pays_its_impact_and_never_more_than_twice(Side side, int price)
    {
        Assert.Equal(price, VenueArithmetic.TakerPrice(side, 100, 50, 50, 0.02m));
        Assert.Equal(100 + (side.Sign() * 4m), VenueArithmetic.TakerPrice(side, 100, 5_000, 50, 0.02m));
        Assert.Equal(100m, VenueArithmetic.TakerPrice(side, 100, 50, 0, 0.02m));
    }

    [Theory]
    [InlineData(10, 10, 20, 110, 0)]
    [InlineData(10, -4, 6, 100, 80)]
    [InlineData(10, -10, 0, 0, 200)]
    [InlineData(10, -15, -5, 120, 200)]
    [InlineData(-10, 15, 5, 120, -200)]
    [InlineData(-10, 4, -6, 100, -80)]
    public void A_fill_adds_at_its_price_and_realises_what_it_closes(
        int held, int fill, int after, int entry, int realized) => Assert.Equal(
        (after, entry, realized), VenueArithmetic.Apply(held, 100, fill, 120));

    [Theory]
    [InlineData(10, 20, 150)]
    [InlineData(10, 10, 100)]
    [InlineData(10, 5, 50)]
    [InlineData(10, 0, 0)]
    [InlineData(10, -4, 20)]
    [InlineData(0, 4, 20)]
    public void Own_margin_grows_with_what_is_opened_and_goes_in_proportion(int held, int after, int margin) =>
        Assert.Equal(margin, VenueArithmetic.IsolatedMargin(held == 0 ? 0 : 100, held, after, 50, 10));

    [Fact]
    public void The_venue_counts_what_was_realised_and_what_fees_took()
    {
        var venue = new VenueBench();
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 10));
        venue.Tick(100);
        venue.Send(venue.Reduce(Side.Sell, 10));
        venue.Tick(110);
        var (cashUsd, realizedUsd, feesUsd, _) = venue.Account();
        Assert.Equal(100m, realizedUsd);
        Assert.Equal(2_100 * Plain.TakerFeeFraction, feesUsd);
        Assert.Equal(10_000 + realizedUsd - feesUsd, cashUsd);
    }

    [Fact]
    public void The_average_of_an_order_is_its_value_over_its_quantity()
    {
        var order = new VenueOrder
        {
            Command = new VenueBench().Order(Side.Buy, 3), VenueOrderId = "v", EffectiveAtMs = 1,
        };
        Assert.Null(order.AveragePrice);
        (order.FilledQuantity, order.FilledValue) = (2, 210);
        Assert.Equal((105m, 1m), (order.AveragePrice, order.RemainingQuantity));
    }

    [Fact]
    public void An_order_binds_its_own_price_and_only_what_it_would_add()
    {
        var venue = new VenueBench(Free with { StartBalanceUsd = 100 });
        venue.Tick(100);
        // Ten at 50 and leverage 10 bind 50, not the 100 of the market's price.
        venue.Send(venue.Order(Side.Buy, 10, OrderType.Limit) with { Price = 50 });
        Assert.Equal((OrderStatus.Accepted, 50m), (venue.Last.Status, venue.View().AvailableUsd));
        venue.Send(venue.Order(Side.Buy, 6));
        Assert.Equal("insufficient_margin", venue.Last.ReasonCode);
        venue.Send(venue.Order(Side.Buy, 5));
        venue.Tick(100);
        Assert.Equal(5, venue.Position().Quantity);
        // To turn five round to minus five adds nothing to what is bound.
        venue.Send(venue.Order(Side.Sell, 10));
        Assert.Equal(OrderStatus.Accepted, venue.Last.Status);
    }

    [Theory]
    [InlineData(300, 10, true)]
    [InlineData(100, 10, false)]
    public void The_size_of_a_position_is_judged_at_the_orders_price_on_the_side_where_it_adds(
        int price, int leverage, bool isTooLarge)
    {
        var brackets = new Quantum.Roles.Symbols.LeverageBrackets(
            new Quantum.Roles.Symbols.LeverageBracket(2_000, leverage, 0.02m));
        var venue = new VenueBench(Free with
        {
            Symbols = new Quantum.Roles.Symbols.SymbolFilterBook([Filters(Coin) with { Brackets = brackets }]),
        });
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 10));
        venue.Tick(100);
        venue.Send(venue.Order(Side.Sell, 12));
        Assert.Equal(OrderStatus.Accepted, venue.Last.Status);
        venue.Send(venue.Order(Side.Buy, 10, OrderType.Limit) with { Price = price });
        Assert.Equal(isTooLarge, venue.Last.ReasonCode == "position_limit");
    }

    [Fact]
    public void Of_finished_orders_the_venue_keeps_the_last_64()
    {
        var venue = new VenueBench();
        venue.Tick(100);
        for (var i = 0; i < 66; i++)
        {
            venue.Send(venue.Order(Side.Buy, 1, OrderType.Limit) with { Price = 90 });
            venue.Send(venue.CommandOf($"o{i + 1}") with { Action = OrderAction.Cancel });
            Assert.Equal(OrderStatus.Canceled, venue.Last.Status);
        }

        Assert.Equal(OrderStatus.NotFound, Ask("o2"));
        Assert.Equal(OrderStatus.Canceled, Ask("o3"));
        OrderStatus Ask(string id) => venue.Send(venue.CommandOf(id) with { Action = OrderAction.Query }).Status;
    }

    [Fact]
    public void Of_two_that_must_go_the_one_that_must_keep_more_goes_first()
    {
        foreach (var (large, small) in ((Symbol, Symbol)[])[(Coin, Other), (Other, Coin)])
        {
            var venue = new VenueBench(Free with { StartBalanceUsd = 300 });
            venue.Tick(100, symbol: large);
            venue.Tick(100, symbol: small);
            venue.Send(venue.Order(Side.Buy, 20) with { Symbol = large });
            venue.Send(venue.Order(Side.Buy, 8) with { Symbol = small });
            venue.Tick(100, symbol: large);
            venue.Tick(100, symbol: small);
            venue.Tick(87.5m, symbol: large);
            Assert.Equal((UpdateKind.Liquidation, large),
                (venue.Updates.First(told => told.Kind == UpdateKind.Liquidation).Kind, venue.Updates.First(
                    told => told.Kind == UpdateKind.Liquidation).Symbol));
        }
    }
}
