using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.Contracts.Tests.Wire;

/// <summary>In steady state an event costs at most 8 bytes of allocation, each way.</summary>
public class AllocationTests
{
    private const int Events = 20_000;

    [Fact]
    public void Reading_a_trade_intent_from_spans_allocates_nothing() =>
        Assert.InRange(BytesPerRead(StreamCatalog.TradeIntent), 0, 8);

    [Fact]
    public void Reading_a_tick_from_spans_allocates_nothing() =>
        Assert.InRange(BytesPerRead(StreamCatalog.MarketTick), 0, 8);

    [Fact]
    public void Writing_a_trade_intent_allocates_nothing() =>
        Assert.InRange(BytesPerWrite(StreamCatalog.TradeIntent), 0, 8);

    [Fact]
    public void Writing_a_tick_allocates_nothing() => Assert.InRange(BytesPerWrite(StreamCatalog.MarketTick), 0, 8);

    /// <summary>The guard above can fail: a check through the interface boxes, and the measure sees it.</summary>
    [Fact]
    public void The_measure_sees_a_boxed_event()
    {
        ICheckedEvent? kept = null;
        var tick = (MarketTick)EventSamples.Full(typeof(MarketTick));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Events; i++) kept = tick;
        Assert.NotNull(kept);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / (double)Events, 64, 1024);
    }

    private static double BytesPerRead<TEvent>(EventStream<TEvent> stream) where TEvent : struct
    {
        var entry = FlatEntry.Of(stream, (TEvent)EventSamples.Full(typeof(TEvent))).ToBuffer();
        return BytesPerEvent(() =>
        {
            var fields = entry.Fields;
            Assert.True(stream.TryDecode(in fields, FlatEntry.Id, out _, out _, out _));
        });
    }

    private static double BytesPerWrite<TEvent>(EventStream<TEvent> stream) where TEvent : struct
    {
        var payload = (TEvent)EventSamples.Full(typeof(TEvent));
        var buffer = new FieldBuffer();
        return BytesPerEvent(() =>
        {
            buffer.Clear();
            var envelope = FlatEntry.SampleEnvelope(stream);
            stream.Encode(in envelope, in payload, buffer);
        });
    }

    private static double BytesPerEvent(Action once)
    {
        for (var i = 0; i < 200; i++) once();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Events; i++) once();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Events;
    }
}
