using System.Globalization;
using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.EventLog;
using Quantum.Resp;

namespace Quantum.Bench;

/// <summary>
/// A system after days of work, for the audit to look at: each of the audit's 21 streams with many entries, its groups
/// at the end, a little behind, far behind, or at a place that was trimmed away; leases and members as live ones.
/// </summary>
internal sealed class AuditFill(RespConnection connection, int entries)
{
    private const int Burst = 256;
    private const long StepMs = 20;
    private const long AliveMs = 3_600_000;
    private const int StaleConsumers = 34;

    /// <summary>How far behind a group is, in entries: none, few enough to count, more than are counted.</summary>
    private static readonly int[] s_behind = [0, 37, 2_000];

    private readonly long _nowMs = connection.TimeUs() / 1000;
    private readonly int _trimmed = entries / 100;

    public static IReadOnlyList<EventStream> Streams { get; } = [.. StreamCatalog.All.Where(s => !s.IsInternal)];

    public void Run()
    {
        Ask("HSET", LogKeys.Topology, "system", "quantum", "shards", "1", "hash", LogKeys.HashName, "mode", "sim");
        var groups = 0;
        for (var i = 0; i < Streams.Count; i++)
        {
            // Two streams of three were trimmed: there counters alone tell nothing and entries must be counted.
            var added = entries + (i % 3 == 0 ? 0 : _trimmed);
            Append(Streams[i], added);
            Ask("XTRIM", Streams[i].Key, "MAXLEN", Text(entries));
            foreach (var consumer in Streams[i].Consumers) Group(Streams[i], consumer, added, groups++);
        }
    }

    private void Append(EventStream stream, int count)
    {
        var key = Encoding.UTF8.GetBytes(stream.Key);
        var fields = FieldsOf(stream);
        for (var sent = 0; sent < count || connection.PendingReplies > 0;)
        {
            var burst = Math.Min(Burst, count - sent);
            if (burst > 0)
            {
                var writer = connection.BeginWrite();
                for (var i = 0; i < burst; i++) Write(writer, key, IdAt(++sent, count), fields);
                connection.Flush();
            }

            var keep = sent < count ? Burst : 0;
            while (connection.PendingReplies > keep) connection.ReadReply().ThrowIfError();
        }
    }

    private static void Write(RespWriter writer, byte[] key, EntryId id, byte[][] fields)
    {
        writer.WriteArrayHeader(3 + fields.Length);
        writer.WriteEncoded("$4\r\nXADD\r\n"u8);
        writer.WriteBulk(key);
        writer.WriteBulk(id);
        foreach (var field in fields) writer.WriteEncoded(field);
    }

    /// <summary>The envelope and the stream's own fields, already in wire form.</summary>
    private byte[][] FieldsOf(EventStream stream)
    {
        List<string> fields = ["ts", Text(_nowMs), "mode", "sim", "v", Text(stream.SchemaVersion)];
        if (!stream.IsTail)
        {
            fields.InsertRange(0, ["event_id", "0f8fad5b-d9cb-469f-a165-70867728950e", "source", stream.Producers[0]]);
            fields.AddRange(["correlation_id", "7c9e6679-7425-40de", "causation_id", "7c9e6679", "traceparent", ""]);
        }

        foreach (var name in stream.FieldNames) fields.AddRange([name, name == "symbol" ? "NEARUSDT" : "1.2345"]);
        return [.. fields.Select(RespWriter.Encode)];
    }

    private void Group(EventStream stream, StreamConsumer consumer, int added, int number)
    {
        var place = number % (s_behind.Length + 1);
        var read = place < s_behind.Length ? added - s_behind[place] : _trimmed / 2;
        read = Math.Max(read, 1);
        Ask("XGROUP", "CREATE", stream.Key, consumer.Group, IdAt(read, added).ToString(), "ENTRIESREAD", Text(read));
        Ask("XGROUP", "CREATECONSUMER", stream.Key, consumer.Group, StreamConsumer.Name);
        if (place == 1)
            Ask("XREADGROUP", "GROUP", consumer.Group, StreamConsumer.Name, "COUNT", "1", "STREAMS", stream.Key, ">");
        if (stream == StreamCatalog.TradeIntent)
            for (var i = 0; i < StaleConsumers; i++)
                Ask("XGROUP", "CREATECONSUMER", stream.Key, consumer.Group, $"execution-{i:x8}");
        Ask("ZADD", LogKeys.Members, Text(_nowMs + AliveMs), consumer.Role + "/bench");
        foreach (var seat in new LogKeys().SeatsOf(consumer.Role))
            Ask("HSET", new LogKeys().Lease(seat), "owner", "bench", "epoch", "1", "until", Text(_nowMs + AliveMs));
    }

    /// <summary>The id of the entry at a place from 1: the last one is of now.</summary>
    private EntryId IdAt(int place, int count) => new(_nowMs - (count - place) * StepMs, 0);

    private void Ask(params string[] command) => connection.Call(command).ThrowIfError();

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
