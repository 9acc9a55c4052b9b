using FsCheck.Xunit;
using Quantum.Contracts.Units;
using Quantum.Roles.Positions;
using Quantum.Roles.Venue;

namespace Quantum.Roles.Tests.Positions;

/// <summary>Position arithmetic: weighted entry, reduce, flip, and exactness over any run of fills.</summary>
public sealed class NetPositionTests
{
    /// <summary>start quantity and price; side, quantity, price; expected quantity, entry, realised.</summary>
    public static TheoryData<decimal, decimal, Side, decimal, decimal, decimal, decimal, decimal> Fills => new()
    {
        { 0m, 0m, Side.Buy, 2m, 100m, 2m, 100m, 0m },
        { 0m, 0m, Side.Sell, 2m, 100m, -2m, 100m, 0m },
        { 2m, 100m, Side.Buy, 2m, 110m, 4m, 105m, 0m },
        { -2m, 100m, Side.Sell, 2m, 110m, -4m, 105m, 0m },
        { 4m, 105m, Side.Sell, 1m, 115m, 3m, 105m, 10m },
        { -4m, 105m, Side.Buy, 1m, 115m, -3m, 105m, -10m },
        { 3m, 105m, Side.Sell, 3m, 100m, 0m, 0m, -15m },
        { 3m, 100m, Side.Sell, 5m, 90m, -2m, 90m, -30m },
        { -3m, 100m, Side.Buy, 5m, 90m, 2m, 90m, 30m },
    };

    [Theory]
    [MemberData(nameof(Fills))]
    public void A_fill_changes_the_position(
        decimal quantity, decimal entry, Side side, decimal filled, decimal price,
        decimal quantityAfter, decimal entryAfter, decimal realized)
    {
        var effect = NetPosition.Flat.AdjustTo(quantity, entry).Apply(side, filled, price);

        Assert.Equal(quantityAfter, effect.Position.Quantity);
        Assert.Equal(entryAfter, effect.Position.EntryPrice);
        Assert.Equal(realized, effect.RealizedUsd);
        Assert.Equal(filled, effect.ClosedQuantity + effect.OpenedQuantity);
    }

    [Theory]
    [InlineData(4, 2, 2, 200)]
    [InlineData(4, 0, 0, 0)]
    [InlineData(4, 6, 6, 660)]
    [InlineData(-4, -1, -1, -100)]
    [InlineData(4, -2, -2, -260)]
    public void An_adjustment_realises_nothing(decimal from, decimal to, decimal quantity, decimal cost)
    {
        var adjusted = NetPosition.Flat.AdjustTo(from, 100m).AdjustTo(to, 130m);

        Assert.Equal(new NetPosition(quantity, cost), adjusted);
    }

    [Fact]
    public void A_fee_is_split_by_what_a_flip_closed()
    {
        var flip = NetPosition.Flat.AdjustTo(3m, 100m).Apply(Side.Sell, 4m, 90m);

        Assert.Equal(3m, flip.ClosingFee(4m));
    }

    /// <summary>
    /// Realised so far = cash flows + cost of what is open, for any fills; to 1e-8 USD, thirds and sevenths included.
    /// </summary>
    [Property(MaxTest = 300)]
    public void Realised_is_the_sum_of_the_cash_flows(int[] steps)
    {
        var position = NetPosition.Flat;
        decimal realized = 0m, cash = 0m;
        foreach (var step in steps)
        {
            var side = step % 2 == 0 ? Side.Buy : Side.Sell;
            var quantity = (1 + Math.Abs(step % 97)) / 7m;
            var price = 50m + (Math.Abs(step % 1009) / 3m);
            var effect = position.Apply(side, quantity, price);
            position = effect.Position;
            realized += effect.RealizedUsd;
            cash -= side.Sign() * quantity * price;
        }

        Assert.Equal(cash + position.CostUsd, realized, 8);
    }

    /// <summary>The venue keeps books of its own, by mean prices: after any fills both say the same, to 1e-8.</summary>
    [Property(MaxTest = 300)]
    public void The_venue_comes_to_the_same(int[] steps)
    {
        var position = NetPosition.Flat;
        decimal held = 0m, entryPrice = 0m;
        foreach (var step in steps)
        {
            var side = step % 2 == 0 ? Side.Buy : Side.Sell;
            var quantity = 1 + Math.Abs(step % 97);
            var price = 50m + (Math.Abs(step % 1009) / 3m);
            var effect = position.Apply(side, quantity, price);
            (held, entryPrice, var realizedUsd) =
                VenueArithmetic.Apply(held, entryPrice, side.Sign() * quantity, price);
            position = effect.Position;
            Assert.Equal(held, position.Quantity);
            Assert.Equal(entryPrice, position.EntryPrice, 8);
            Assert.Equal(realizedUsd, effect.RealizedUsd, 8);
        }
    }

    [Property(MaxTest = 200)]
    public void Long_and_short_mirror_each_other(int[] steps)
    {
        NetPosition one = NetPosition.Flat, other = NetPosition.Flat;
        foreach (var step in steps)
        {
            var side = step % 2 == 0 ? Side.Buy : Side.Sell;
            var quantity = 1 + Math.Abs(step % 13);
            var offset = step % 50;
            var effect = one.Apply(side, quantity, 1000m + offset);
            var mirrored = other.Apply(side.Opposite(), quantity, 1000m - offset);
            (one, other) = (effect.Position, mirrored.Position);
            Assert.Equal(one.Quantity, -other.Quantity);
            Assert.Equal(effect.RealizedUsd, mirrored.RealizedUsd, 8);
        }
    }
}
