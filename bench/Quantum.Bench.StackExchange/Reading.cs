using System.Diagnostics;
using Quantum.Contracts.Events;
using Quantum.Contracts.Wire;
using StackExchange.Redis;

namespace Quantum.Bench.StackExchange;

/// <summary>XREADGROUP of 100, decoding with the same codec as the other side, XACK of the batch.</summary>
internal static class Reading
{
    private static readonly EventCodec<TradeIntent> s_codec = new();
    private static readonly FieldBuffer s_fields = new();
    private static double s_confidence;

    /// <summary>The plain loop: read, decode, acknowledge, each awaited.</summary>
    public static async Task<double> PlainAsync(IDatabase database, int count)
    {
        var clock = Stopwatch.StartNew();
        var acknowledged = 0;
        for (var read = 0; read < count;)
        {
            var ids = Decode(await Read(database));
            read += ids.Length;
            acknowledged += (int)await Acknowledge(database, ids);
        }

        if (acknowledged != count) throw new InvalidOperationException($"{acknowledged} of {count}");
        return count / clock.Elapsed.TotalSeconds;
    }

    /// <summary>
    /// Two reads in flight and acknowledgements awaited at the end: the most that this client can overlap.
    /// </summary>
    public static async Task<double> AheadAsync(IDatabase database, int count)
    {
        var clock = Stopwatch.StartNew();
        var read = 0;
        var requested = 2 * IntentSample.ReadBatch;
        var first = Read(database);
        var second = Read(database);
        var acks = new List<Task<long>>();
        while (read < count)
        {
            var reply = await first;
            var ids = Decode(reply);
            read += ids.Length;
            acks.Add(Acknowledge(database, ids));
            first = second;
            if (requested >= count) continue;
            second = Read(database);
            requested += IntentSample.ReadBatch;
        }

        var acknowledged = 0;
        foreach (var ack in acks) acknowledged += (int)await ack;
        if (acknowledged != count || s_confidence <= 0)
            throw new InvalidOperationException($"{acknowledged} of {count}");
        return count / clock.Elapsed.TotalSeconds;
    }

    private static Task<StreamEntry[]> Read(IDatabase database) => database.StreamReadGroupAsync(
        IntentSample.Stream, IntentSample.Group, IntentSample.Consumer, StreamPosition.NewMessages,
        IntentSample.ReadBatch);

    private static Task<long> Acknowledge(IDatabase database, RedisValue[] ids) =>
        database.StreamAcknowledgeAsync(IntentSample.Stream, IntentSample.Group, ids);

    /// <summary>Decodes each entry; what is left is to acknowledge the ids.</summary>
    private static RedisValue[] Decode(StreamEntry[] entries)
    {
        var ids = new RedisValue[entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            ids[i] = entries[i].Id;
            s_fields.Clear();
            foreach (var field in entries[i].Values) s_fields.Add((byte[]?)field.Name, (byte[]?)field.Value);
            if (!s_codec.TryDecode(s_fields.Fields, 0, out var intent, out var fault))
                throw new InvalidOperationException(fault.ToString());
            s_confidence += intent.Confidence;
        }

        return ids;
    }
}
