using System.Reflection;
using System.Text;
using Quantum.Archive.Columns;
using Quantum.Archive.Files;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog;

namespace Quantum.Archive.Tests;

/// <summary>An entry comes out of an archive file byte for byte as it went in, whatever it holds.</summary>
public sealed class EntryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quantum-archive-").FullName;

    public static TheoryData<string> Streams => [.. StreamCatalog.All.Select(stream => stream.Name)];

    [Theory]
    [MemberData(nameof(Streams))]
    public void Every_event_of_the_catalog_comes_back_and_fills_its_columns(string name)
    {
        var stream = StreamCatalog.Find(name)!;
        var batch = new LogBatch();
        foreach (var payload in (object[])[EventSamples.Full(stream.EventType), EventSamples.Sparse(stream.EventType)])
        {
            var fields = Encoded(stream, payload).Fields;
            batch.Add(new LogEntry(0, new EntryId(1_766_552_530_000, batch.Count), 1, false), in fields);
        }

        Assert.Equal(Text(batch), Text(Back(name, batch)));
        var columns = new EntryColumns(ArchiveSchema.Of(name), 2);
        for (var i = 0; i < 2; i++)
        {
            var fields = batch.Fields(i);
            columns.Set(i, batch[i].Id, in fields);
        }

        // Of a full event no column is empty, and none says less than the wire.
        Assert.All(ArchiveSchema.Of(name).Columns, (_, i) => Assert.NotNull(columns.Values(i).GetValue(0)));
        Assert.False(columns.Raw[0]?.StartsWith('[') == true, columns.Raw[0]);
    }

    [Theory]
    [InlineData("price", "1.50")]
    [InlineData("price", "+1")]
    [InlineData("price", "NaN")]
    [InlineData("price", "")]
    [InlineData("price", "0.00000001")]
    [InlineData("price", "1E-08")]
    [InlineData("price", "123456789012345678901234.5678")]
    [InlineData("price", "-0")]
    [InlineData("ts", "007")]
    [InlineData("ts", "99999999999999999999")]
    [InlineData("v", "one")]
    [InlineData("is_buyer_maker", "TRUE")]
    [InlineData("symbol", "  \u0001\"\\ü€ ")]
    public void A_value_that_its_column_does_not_give_back_is_kept_as_text(string field, string value)
    {
        var fields = Tick().ToDictionary(field => field.Key, field => field.Value);
        fields[field] = Encoding.UTF8.GetBytes(value);
        Same(fields);
    }

    [Fact]
    public void Other_fields_another_order_and_bytes_that_are_no_text_are_kept()
    {
        var tick = Tick();
        Same([.. tick, new("extra", "new"u8.ToArray())]);
        Same(tick.Skip(1));
        Same(Enumerable.Reverse(tick));
        Same([.. tick.Take(2), new("symbol", [0xff, 0xfe, 0x00]), .. tick.Skip(3)]);
        Same([new("symbol", [0xff]), new("symbol", "B"u8.ToArray())]);
        Same([]);
    }

    [Fact]
    public void A_stream_that_the_catalog_does_not_know_is_kept_whole()
    {
        var batch = Batch([new("dlq_reason", "poison"u8.ToArray()), new("payload", [1, 2, 255])]);
        Assert.Equal(Text(batch), Text(Back("dlq.trade.intent", batch)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Same(IEnumerable<KeyValuePair<string, byte[]>> fields)
    {
        var batch = Batch(fields);
        Assert.Equal(Text(batch), Text(Back("market.tick", batch)));
    }

    private static LogBatch Batch(IEnumerable<KeyValuePair<string, byte[]>> fields)
    {
        var batch = new LogBatch();
        batch.Add(new LogEntry(0, new EntryId(5, 7), 1, false));
        foreach (var (name, value) in fields) batch.AddField(Encoding.UTF8.GetBytes(name), value);
        return batch;
    }

    private LogBatch Back(string name, LogBatch batch)
    {
        var stream = new ArchiveStream(_folder, name);
        var day = new DateOnly(2025, 12, 5);
        new ArchiveWriter(new ArchiveStore(_folder)).Write(stream, ArchiveSchema.Of(name), day, batch, batch.Count);
        var part = Assert.Single(stream.PartsOf(day));
        Assert.Equal((batch[0].Id, batch[batch.Count - 1].Id, batch.Count), (part.First, part.Last, (int)part.Count));
        var read = stream.Read(part).Single();
        File.Delete(part.Path);
        return read;
    }

    private static List<KeyValuePair<string, byte[]>> Tick()
    {
        var fields = Encoded(StreamCatalog.MarketTick, EventSamples.Full(StreamCatalog.MarketTick.EventType)).Fields;
        var list = new List<KeyValuePair<string, byte[]>>();
        for (var i = 0; i < fields.Count; i++)
            list.Add(new(Encoding.UTF8.GetString(fields.Name(i)), fields.Value(i).ToArray()));
        return list;
    }

    private static string[] Text(LogBatch batch)
    {
        var lines = new List<string>();
        for (var i = 0; i < batch.Count; i++)
        {
            lines.Add($"{batch[i].Id}");
            var fields = batch.Fields(i);
            for (var f = 0; f < fields.Count; f++)
                lines.Add($"{Convert.ToHexString(fields.Name(f))}={Convert.ToHexString(fields.Value(f))}");
        }

        return [.. lines];
    }

    private static FieldBuffer Encoded(EventStream stream, object payload) => (FieldBuffer)typeof(EntryTests)
        .GetMethod(nameof(Encode), BindingFlags.NonPublic | BindingFlags.Static)!
        .MakeGenericMethod(stream.EventType).Invoke(null, [stream, payload])!;

    private static FieldBuffer Encode<TEvent>(EventStream<TEvent> stream, TEvent payload) where TEvent : struct
    {
        var buffer = new FieldBuffer();
        stream.Encode(
            new Envelope
            {
                EventId = "e1"u8, AtMs = 1_766_552_530_000, Source = "test"u8, Mode = TradingMode.Sim, Version = 1,
                CorrelationId = "c1"u8, CausationId = "c0"u8, TraceParent = "00-1"u8,
            },
            in payload, buffer);
        return buffer;
    }
}
