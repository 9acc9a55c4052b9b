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
            read += ids.Length - 2;
            acknowledged += (int)await database.ExecuteAsync("XACK", ids);
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
        var acks = new List<Task<RedisResult>>();
        while (read < count)
        {
            var reply = await first;
            var ids = Decode(reply);
            read += ids.Length - 2;
            acks.Add(database.ExecuteAsync("XACK", ids));
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

    private static Task<RedisResult> Read(IDatabase database) => database.ExecuteAsync(
        "XREADGROUP", "GROUP", IntentSample.Group, IntentSample.Consumer, "COUNT", IntentSample.ReadBatch,
        "STREAMS", (RedisKey)IntentSample.Stream, ">");

    /// <summary>The arguments of the acknowledgement: key, group, ids.</summary>
    private static object[] Decode(RedisResult reply)
    {
        var entries = (RedisResult[])((RedisResult[])((RedisResult[])reply)[0])[1];
        var acknowledge = new object[2 + entries.Length];
        acknowledge[0] = (RedisKey)IntentSample.Stream;
        acknowledge[1] = IntentSample.Group;
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = (RedisResult[])entries[i];
            acknowledge[2 + i] = (RedisValue)entry[0];
            var values = (RedisResult[])entry[1];
            s_fields.Clear();
            for (var j = 0; j < values.Length; j += 2) s_fields.Add((byte[])values[j], (byte[])values[j + 1]);
            if (!s_codec.TryDecode(s_fields.Fields, 0, out var intent, out var fault))
                throw new InvalidOperationException(fault.ToString());
            s_confidence += intent.Confidence;
        }

        return acknowledge;
    }
}
