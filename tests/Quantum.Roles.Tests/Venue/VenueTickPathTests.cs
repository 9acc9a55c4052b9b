using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.Roles.Symbols;
using Quantum.Roles.Venue;
using static Quantum.Roles.Tests.Venue.VenueBench;

namespace Quantum.Roles.Tests.Venue;

/// <summary>What a price costs that meets no order: no memory, whatever is held and live.</summary>
public sealed class VenueTickPathTests
{
    private const int Events = 5_000;

    private readonly SimVenueRole _role = new(Free with
    {
        StartBalanceUsd = 1_000_000,
        Symbols = new SymbolFilterBook(Filters(Coin) with { FundingHours = 24 }, Filters(Other)),
    });

    private readonly TestOutbox _outbox = new();
    private long _nowMs = T0 + 1_000;
    private long _sequence;

    [Fact]
    public void A_price_that_meets_nothing_allocates_nothing()
    {
        Hold();
        FieldBuffer[] ticks =
            [Encode(StreamCatalog.MarketTick, Price(100)), Encode(StreamCatalog.MarketTick, Price(101))];
        FieldBuffer[] marks =
            [Encode(StreamCatalog.MarketData, Mark(100)), Encode(StreamCatalog.MarketData, Mark(101))];
        var before = _role.View();
        var perTick = BytesPer(i => Handle(StreamCatalog.MarketTick, ticks[i % 2]));
        var perMark = BytesPer(i => Handle(StreamCatalog.MarketData, marks[i % 2]));
        Assert.Equal((0d, 0d), (perTick, perMark));
        Assert.Equal(before.Orders, _role.View().Orders);
    }

    [Fact]
    public void The_measure_sees_a_price_that_fills()
    {
        Hold();
        // Minutes later there is as much to take as each of these prices brings.
        _nowMs += 180_000;
        Place(Side.Buy, OrderType.Market, isReduce: false, quantity: 5_000);
        var tick = Encode(StreamCatalog.MarketTick, Price(100) with { Quantity = 0.1m });
        Assert.InRange(BytesPer(_ => Handle(StreamCatalog.MarketTick, tick)), 24, 100_000);
        Assert.True(_outbox.Fills > Events);
    }

    [Fact]
    public void A_view_changes_nothing_that_is_remembered()
    {
        Hold();
        _role.State.SaveTouched((_, _) => { });
        var seen = _role.View();
        var touched = 0;
        _role.State.SaveTouched((_, _) => touched++);
        Assert.Equal(0, touched);
        Assert.Equal((2, 5), (seen.Positions.Count, seen.Orders.Count));
    }

    private double BytesPer(Action<int> run)
    {
        for (var i = 0; i < 200; i++) run(i);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Events; i++) run(i);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Events;
    }

    // A cross and an isolated position, orders of every kind, none of them near.
    private void Hold()
    {
        Handle(StreamCatalog.MarketTick, Encode(StreamCatalog.MarketTick, Price(100, Other)));
        Handle(StreamCatalog.MarketTick, Encode(StreamCatalog.MarketTick, Price(100)));
        Handle(StreamCatalog.MarketData, Encode(StreamCatalog.MarketData, Mark(100)));
        Place(Side.Buy, OrderType.Market, isReduce: false);
        Place(Side.Sell, OrderType.Market, isReduce: false, symbol: Other, isIsolated: true);
        Handle(StreamCatalog.MarketTick, Encode(StreamCatalog.MarketTick, Price(100, Other)));
        Handle(StreamCatalog.MarketTick, Encode(StreamCatalog.MarketTick, Price(100)));
        Place(Side.Sell, OrderType.StopMarket, isReduce: true, trigger: 90);
        Place(Side.Sell, OrderType.TakeProfitMarket, isReduce: true, trigger: 120, by: TriggerBy.MarkPrice);
        Place(Side.Sell, OrderType.StopLimit, isReduce: true, trigger: 89, price: 88);
        Place(Side.Buy, OrderType.Limit, isReduce: false, price: 80);
        Place(Side.Sell, OrderType.Limit, isReduce: true, price: 130);
        Assert.Equal((2, 5), (_outbox.Fills, _role.View().Orders.Count));
        Assert.All(_role.View().Positions, position => Assert.NotEqual(0, position.Quantity));
    }

    private void Place(
        Side side, OrderType type, bool isReduce, decimal? trigger = null, decimal? price = null,
        TriggerBy? by = null, Symbol? symbol = null, bool? isIsolated = null, decimal quantity = 2) =>
        Handle(StreamCatalog.OrderCommand, Encode(StreamCatalog.OrderCommand, new OrderCommand
        {
            Action = OrderAction.Place,
            ClientOrderId = $"p{_sequence}",
            IntentId = "i",
            Symbol = symbol ?? Coin,
            Side = side,
            Type = type,
            Purpose = OrderPurpose.Entry,
            Quantity = quantity,
            ReduceOnly = isReduce,
            TriggerPrice = trigger,
            Price = price,
            TriggerBy = by,
            IsIsolated = isIsolated,
        }));

    private void Handle<TEvent>(EventStream<TEvent> stream, FieldBuffer entry) where TEvent : struct
    {
        // By number: an enumerator would be counted.
        for (var i = 0; i < _role.Subscriptions.Count; i++)
            if (_role.Subscriptions[i].Stream == stream)
                Assert.True(_role.Subscriptions[i].TryHandle(
                    entry.Fields, new EntryId(_nowMs, _sequence++), _outbox, out _));
    }

    private FieldBuffer Encode<TEvent>(EventStream<TEvent> stream, TEvent payload) where TEvent : struct
    {
        _nowMs += 100;
        var entry = new FieldBuffer();
        var envelope = new Envelope
        {
            EventId = "1"u8.ToArray(), AtMs = _nowMs, Source = "test"u8.ToArray(), Mode = TradingMode.Sim, Version = 1,
            CorrelationId = "1"u8.ToArray(),
        };
        stream.Encode(in envelope, in payload, entry);
        return entry;
    }

    private static MarketTick Price(decimal price, Symbol? symbol = null) =>
        new() { Symbol = symbol ?? Coin, Price = price, Quantity = 1_000_000 };

    private static MarketData Mark(decimal price) =>
        new() { Symbol = Coin, LastPrice = price, MarkPrice = price, FundingRate = 0.0001 };

    private sealed class TestOutbox : Outbox
    {
        private int _published;

        public int Fills { get; private set; }

        public override PublishedEvent Publish<TEvent>(
            EventStream<TEvent> stream, in TEvent payload, string? correlationId = null)
        {
            if (payload is OrderUpdate { Kind: UpdateKind.Fill }) Fills++;
            return new PublishedEvent(this, _published++);
        }

        public override void Count(string counter, string reason, string? subject = null, string? figures = null)
        {
        }

        protected override string IdOf(int number) => $"e{number}";
    }
}
