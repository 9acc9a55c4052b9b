using FsCheck.Xunit;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using static Quantum.Roles.Tests.Venue.VenueBench;

namespace Quantum.Roles.Tests.Venue;

/// <summary>What holds whatever orders of every kind meet whatever prices, cross or isolated.</summary>
[Trait("Kind", "Walk")]
public sealed class RulePropertyTests
{
    [Property(MaxTest = 40)]
    public void Money_and_positions_are_the_sum_of_what_was_told(int seed, bool isIsolated)
    {
        var settings = Plain with { MaxVolumeShare = 0.5m, ImpactFraction = 0.002m, HalfSpreadFraction = 0.0003m };
        var venue = new VenueBench(settings);
        new Trader(venue, seed) { WithFunding = true }.Trade(120, isIsolated);
        var (cash, realized, fees, funding) = venue.Account();
        Assert.Equal(settings.StartBalanceUsd + realized - fees + funding, cash, 8);
        var moves = venue.Updates.Where(u => u.Kind is UpdateKind.Fill or UpdateKind.Liquidation).ToList();
        Assert.Equal(fees, moves.Sum(u => u.FeeUsd), 8);
        Assert.Equal(funding, venue.Updates.Sum(u => u.FundingUsd ?? 0), 8);
        var position = venue.Position();
        Assert.Equal(moves.Sum(u => u.Side!.Value.Sign() * u.LastFillQuantity), position.Quantity);
        var paid = moves.Sum(u => -u.Side!.Value.Sign() * u.LastFillQuantity * u.LastFillPrice!.Value);
        Assert.Equal(realized, paid + position.Quantity * position.EntryPrice, 8);
        Assert.Equal(cash, venue.View().WalletUsd);
        Assert.True(position.IsIsolated ? position.Quantity == 0 == (position.IsolatedMarginUsd == 0)
            : position.IsolatedMarginUsd == 0);
    }

    [Property(MaxTest = 40)]
    public void Nothing_fills_beyond_its_limit_its_quantity_or_what_it_may_reduce(int seed, bool isIsolated)
    {
        var venue = new VenueBench(Plain with { MaxVolumeShare = 0.2m, ImpactFraction = 0.01m });
        new Trader(venue, seed).Trade(150, isIsolated);
        var held = 0m;
        foreach (var move in venue.Updates.Where(u => u.Kind is UpdateKind.Fill or UpdateKind.Liquidation))
        {
            var after = move.PositionQuantity!.Value;
            if (move.Kind == UpdateKind.Fill)
            {
                var order = venue.CommandOf(move.ClientOrderId!);
                if (order.ReduceOnly)
                    Assert.True(Math.Abs(after) < Math.Abs(held) && held * after >= 0, $"{held} became {after}");
                if (order.ClosePosition is not true) Assert.True(move.CumulativeQuantity <= order.Quantity);
                if (order.Price is { } limit)
                    Assert.True(move.Side!.Value.Sign() * (limit - move.LastFillPrice!.Value) >= 0);
            }

            held = after;
        }
    }

    [Property(MaxTest = 40)]
    public void What_may_not_rest_never_does_and_what_may_not_take_never_does(int seed)
    {
        var venue = new VenueBench(Plain with { MaxVolumeShare = 0.2m });
        new Trader(venue, seed).Trade(150, isIsolated: false);
        foreach (var fill in venue.Fills)
        {
            var inForce = venue.CommandOf(fill.ClientOrderId!).TimeInForce;
            if (inForce == TimeInForce.Gtx) Assert.True(fill.IsMaker);
            if (inForce is TimeInForce.Ioc or TimeInForce.Fok) Assert.False(fill.IsMaker);
            var order = venue.CommandOf(fill.ClientOrderId!);
            if (inForce == TimeInForce.Fok && !order.ReduceOnly)
                Assert.Equal(order.Quantity, fill.LastFillQuantity);
        }

        Assert.All(venue.View().Orders.Where(order => order.Command.TimeInForce is TimeInForce.Ioc or TimeInForce.Fok),
            order => Assert.True(order.Command.Type.IsConditional() && !order.IsTriggered));
    }

    /// <summary>Turning every side and mirroring every price about the first mirrors every fill.</summary>
    [Property(MaxTest = 40)]
    public void A_long_and_its_mirrored_short_mirror_each_other(int seed)
    {
        var settings = Free with { MaxVolumeShare = 0.5m, StartBalanceUsd = 1_000_000 };
        var (straight, mirrored) = (new VenueBench(settings), new VenueBench(settings));
        new Trader(straight, seed).Trade(120, isIsolated: false);
        new Trader(mirrored, seed) { IsMirrored = true }.Trade(120, isIsolated: false);
        Assert.Equal(straight.Account().RealizedUsd, mirrored.Account().RealizedUsd, 8);
        Assert.Equal(
            straight.Updates.Select(u => (u.Kind, u.Status, u.ReasonCode, u.LastFillQuantity, u.PositionQuantity)),
            mirrored.Updates.Select(u => (u.Kind, u.Status, u.ReasonCode, u.LastFillQuantity, -u.PositionQuantity)));
        Assert.Equal(straight.Fills.Select(f => 200 - f.LastFillPrice), mirrored.Fills.Select(f => f.LastFillPrice));
    }

    [Property(MaxTest = 20)]
    public void The_same_inputs_give_the_same_updates_also_after_restarts(int seed, bool isIsolated)
    {
        var (first, second) = (new VenueBench(Plain), new VenueBench(Plain));
        new Trader(first, seed).Trade(80, isIsolated);
        new Trader(second, seed) { WithRestarts = true }.Trade(80, isIsolated);
        Assert.Equal(first.Updates, second.Updates);
    }

    /// <summary>What the properties are said of does happen, the rare ends among it.</summary>
    [Theory]
    [InlineData(false, "gtx_would_take ioc_rest fok_unfilled position_gone reduce_only_rejected would_trigger")]
    [InlineData(true, "gtx_would_take ioc_rest fok_unfilled position_gone insufficient_margin close_position")]
    public void Every_end_is_reached(bool isIsolated, string codes)
    {
        var seen = new SortedSet<string?>(StringComparer.Ordinal);
        var (makers, triggered) = (0, 0);
        for (var seed = 0; seed < 12; seed++)
        {
            var venue = new VenueBench(Plain with { MaxVolumeShare = 0.2m, StartBalanceUsd = 2_000 });
            new Trader(venue, seed).Trade(150, isIsolated);
            seen.UnionWith(venue.Updates.Select(update => update.ReasonCode));
            makers += venue.Fills.Count(fill => fill.IsMaker is true);
            triggered += venue.Fills.Count(fill => venue.CommandOf(fill.ClientOrderId!).Type.IsConditional());
        }

        Assert.Subset(seen, codes.Split(' ').ToHashSet<string?>());
        Assert.True(makers > 20 && triggered > 20, $"{makers} fills as maker, {triggered} of triggered orders");
    }

    /// <summary>Sends orders of every kind between prices of every way.</summary>
    private sealed class Trader(VenueBench venue, int seed)
    {
        private readonly Random _random = new(seed);
        private decimal _last = 100;

        public bool IsMirrored { get; init; }

        public bool WithFunding { get; init; }

        public bool WithRestarts { get; init; }

        public void Trade(int steps, bool isIsolated)
        {
            venue.Configure(isIsolated: isIsolated);
            venue.Tick(Price(_last), 50);
            for (var i = 0; i < steps; i++)
            {
                Order();
                if (_random.Next(4) == 0)
                    venue.Market(
                        Price(_last + _random.Next(-80, 81) / 100m),
                        WithFunding ? _random.Next(-10, 11) / 10_000.0 : null);
                if (WithRestarts) venue.Restart();
                _last = Math.Clamp(_last + _random.Next(-60, 61) / 100m, 60, 140);
                venue.Tick(Price(_last), _random.Next(0, 30), afterMs: _random.Next(100, 40_000));
                if (_random.Next(20) == 0) venue.Clock(venue.NowMs + 4 * 3_600_000);
            }
        }

        private void Order()
        {
            var side = _random.Next(2) == 0 ? Side.Buy : Side.Sell;
            var quantity = _random.Next(1, 200) / 10m;
            var type = (OrderType)_random.Next(6);
            var (near, far) = (_random.Next(1, 150) / 100m, _random.Next(-100, 101) / 100m);
            // A stop of a buy lies above the price, a take profit below.
            var trigger = _last + (type.IsStop() ? side.Sign() : -side.Sign()) * near;
            var reduces = _random.Next(2) == 0;
            var closes = reduces && _random.Next(3) == 0
                && type is OrderType.StopMarket or OrderType.TakeProfitMarket;
            var inForce = _random.Next(8);
            var byMark = _random.Next(3) == 0;
            venue.Send(venue.Order(IsMirrored ? side.Opposite() : side, closes ? 0 : quantity, type) with
            {
                Price = type.HasLimit() ? Price((type.IsConditional() ? trigger : _last) + far) : null,
                TriggerPrice = type.IsConditional() ? Price(trigger) : null,
                TriggerBy = type.IsConditional() && byMark ? TriggerBy.MarkPrice : null,
                TimeInForce = type.HasLimit() && inForce < 4 ? (TimeInForce)inForce : null,
                ReduceOnly = reduces,
                Leverage = reduces ? null : 10,
                ClosePosition = closes ? true : null,
            });
        }

        private decimal Price(decimal price) => IsMirrored ? 200 - price : price;
    }
}
