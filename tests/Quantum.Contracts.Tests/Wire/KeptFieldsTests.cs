using System.Reflection;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.Contracts.Tests.Wire;

/// <summary>An entry that stays in memory is decoded once, whoever reads it.</summary>
public class KeptFieldsTests
{
    private const int Readers = 1_000;

    public static TheoryData<string> Streams => [.. StreamCatalog.All.Select(s => s.Name)];

    [Theory, MemberData(nameof(Streams))]
    public void Its_event_costs_later_readers_nothing_and_is_the_same(string name)
    {
        var stream = StreamCatalog.Find(name)!;
        typeof(KeptFieldsTests).GetMethod(nameof(Check), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(stream.EventType).Invoke(null, [stream]);
    }

    private static void Check<TEvent>(EventStream<TEvent> stream) where TEvent : struct
    {
        var buffer = FlatEntry.Of(stream, (TEvent)EventSamples.Full(typeof(TEvent))).ToBuffer();
        var written = buffer.Fields;
        Assert.True(stream.TryDecode(in written, FlatEntry.Id, out _, out var alone, out _));
        var kept = new KeptFields(in written).Fields;
        // It is a copy.
        buffer.Clear();
        buffer.Add("other"u8, "x"u8);
        for (var i = 0; i < 100; i++) Assert.True(stream.TryDecode(in kept, FlatEntry.Id, out _, out _, out _));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Readers; i++) stream.TryDecode(in kept, FlatEntry.Id, out _, out _, out _);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / (double)Readers, 0, 8);
        Assert.True(stream.TryDecode(in kept, FlatEntry.Id, out var envelope, out var later, out _));
        Assert.Equal(alone, later);
        Assert.Equal(FlatEntry.SampleEnvelope(stream).AtMs, envelope.AtMs);
    }

    [Fact]
    public void What_cannot_be_read_is_told_to_every_reader()
    {
        var buffer = new FieldBuffer();
        buffer.Add("ts"u8, 1_766_552_530_000L);
        buffer.Add("mode"u8, "sim"u8);
        buffer.Add("v"u8, 1);
        buffer.Add("symbol"u8, "BTCUSDT"u8);
        var kept = new KeptFields(buffer.Fields).Fields;
        for (var reader = 0; reader < 2; reader++)
        {
            Assert.False(StreamCatalog.MarketTick.TryDecode(in kept, EntryId.Zero, out _, out _, out var fault));
            Assert.Contains("price", fault.Text);
        }
    }
}
