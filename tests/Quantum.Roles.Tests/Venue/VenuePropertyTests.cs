using FsCheck.Xunit;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Venue;
using static Quantum.Roles.Tests.Venue.VenueBench;

namespace Quantum.Roles.Tests.Venue;

[Trait("Kind", "Walk")]
public class VenuePropertyTests
{
    /// <summary>
    /// Cash is start + realised - fees + funding, and so is what can be worked out from the updates alone.
    /// </summary>
    [Property(MaxTest = 30)]
    public void Money_is_conserved(int seed)
    {
        var random = new Random(seed);
        var settings = Plain with { MaxVolumeShare = 0.5m, ImpactFraction = 0.002m, HalfSpreadFraction = 0.0003m };
        var venue = new VenueBench(settings);
        Trade(venue, random, steps: 150, mirror: null);
        var (cash, realized, fees, funding) = venue.Account();
        Assert.Equal(cash, settings.StartBalanceUsd + realized - fees + funding, 8);

        var moves = venue.Updates.Where(u => u.Kind is UpdateKind.Fill or UpdateKind.Liquidation).ToList();
        Assert.Equal(fees, moves.Sum(u => u.FeeUsd), 8);
        Assert.Equal(funding, venue.Updates.Sum(u => u.FundingUsd ?? 0), 8);
        // Realised PnL is what the fills brought in, less what the open position cost.
        var paid = moves.Sum(u => -u.Side!.Value.Sign() * u.LastFillQuantity * u.LastFillPrice!.Value);
        var held = moves.Sum(u => u.Side!.Value.Sign() * u.LastFillQuantity);
        var entry = moves.LastOrDefault().PositionEntryPrice ?? 0;
        Assert.Equal(realized, paid + held * entry, 8);
        if (moves.Count > 0) Assert.Equal(held, moves[^1].PositionQuantity);
    }

    /// <summary>
    /// Turning every side and mirroring every price about the first leaves the realised PnL the same.
    /// </summary>
    [Property(MaxTest = 30)]
    public void Long_and_short_are_mirror_images(int seed)
    {
        var settings = Free with { MaxVolumeShare = 0.5m };
        var straight = new VenueBench(settings);
        var mirrored = new VenueBench(settings);
        Trade(straight, new Random(seed), steps: 100, mirror: null, withFunding: false);
        Trade(mirrored, new Random(seed), steps: 100, mirror: 100, withFunding: false);
        Assert.Equal(straight.Account().RealizedUsd, mirrored.Account().RealizedUsd, 8);
        Assert.Equal(straight.Fills.Select(f => f.LastFillQuantity), mirrored.Fills.Select(f => f.LastFillQuantity));
        Assert.Equal(straight.Fills.Select(f => 200 - f.LastFillPrice), mirrored.Fills.Select(f => f.LastFillPrice));
        Assert.Equal(straight.Fills.Select(f => -f.PositionQuantity), mirrored.Fills.Select(f => f.PositionQuantity));
    }

    [Property(MaxTest = 15)]
    public void The_same_inputs_give_the_same_updates_also_after_restarts(int seed)
    {
        var first = new VenueBench(Plain);
        var second = new VenueBench(Plain);
        Trade(first, new Random(seed), steps: 80, mirror: null);
        Trade(second, new Random(seed), steps: 80, mirror: null, restarts: true);
        Assert.Equal(first.Updates, second.Updates);
    }

    [Property(MaxTest = 30)]
    public void A_position_is_never_turned_round_by_reduce_only_orders_nor_filled_beyond_its_order(int seed)
    {
        var venue = new VenueBench(Plain with { MaxVolumeShare = 0.2m });
        Trade(venue, new Random(seed), steps: 150, mirror: null);
        var held = 0m;
        foreach (var fill in venue.Fills)
        {
            var after = fill.PositionQuantity!.Value;
            if (venue.IsReduceOnly(fill.ClientOrderId!)) Assert.True(Math.Abs(after) < Math.Abs(held)
                && held * after >= 0);
            Assert.True(fill.CumulativeQuantity <= venue.QuantityOf(fill.ClientOrderId!));
            held = after;
        }
    }

    [Property(MaxTest = 200)]
    public void Applying_a_fill_keeps_the_value_of_what_is_held(int held, int entryCents, int fill, int priceCents)
    {
        var (quantity, price) = (held % 1000, 1 + Math.Abs(entryCents % 100_000) / 100m);
        var (move, at) = (fill % 1000, 1 + Math.Abs(priceCents % 100_000) / 100m);
        if (move == 0) return;
        var (after, entry, realized) = VenueArithmetic.Apply(quantity, quantity == 0 ? 0 : price, move, at);
        Assert.Equal(quantity + move, after);
        // At the fill's own price nothing is won or lost by the fill itself.
        Assert.Equal(quantity * (at - price), realized + after * (at - entry), 8);
    }

    private static void Trade(VenueBench venue, Random random, int steps, decimal? mirror, bool restarts = false,
        bool withFunding = true)
    {
        decimal Price(decimal price) => mirror is { } about ? 2 * about - price : price;
        Side Turn(Side side) => mirror is null ? side : side.Opposite();
        var last = 100m;
        venue.Tick(Price(last), 50);
        venue.Market(Price(last), null);
        for (var i = 0; i < steps; i++)
        {
            var side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
            var quantity = random.Next(1, 200) / 10m;
            var offset = random.Next(1, 200) / 100m;
            var what = random.Next(8);
            if (what == 0) venue.Send(venue.Order(Turn(side), quantity));
            if (what == 1) venue.Send(venue.Reduce(Turn(side), quantity));
            if (what == 2) venue.Send(
                venue.Order(Turn(side), quantity, OrderType.Limit) with { Price = Price(last - side.Sign() * offset) });
            if (what == 3) venue.Send(
                venue.Reduce(Turn(side), quantity, OrderType.StopMarket, Price(last + side.Sign() * offset)));
            if (what == 4) venue.Send(
                venue.Reduce(Turn(side), quantity, OrderType.TakeProfitMarket, Price(last - side.Sign() * offset)));
            var rate = random.Next(-10, 11) / 10_000.0;
            if (what == 5 && withFunding) venue.Market(last, rate);
            if (restarts) venue.Restart();
            last = Math.Clamp(last + random.Next(-60, 61) / 100m, 60, 140);
            venue.Tick(Price(last), random.Next(0, 30), afterMs: random.Next(100, 40_000));
            if (random.Next(20) == 0) venue.Clock(venue.NowMs + 4 * 3_600_000);
        }
    }
}
