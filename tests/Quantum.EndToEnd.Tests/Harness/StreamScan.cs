using System.Globalization;
using Quantum.Contracts.Catalog;
using StackExchange.Redis;

namespace Quantum.EndToEnd.Tests.Harness;

/// <summary>Reads what stands in the streams, field by field as any Redis client sees it.</summary>
internal static class StreamScan
{
    private const int PageSize = 1000;

    /// <summary>Every entry of a stream, in order.</summary>
    public static async Task<List<StreamEntry>> ReadAsync(this IDatabase redis, string key)
    {
        var entries = new List<StreamEntry>();
        RedisValue from = "-";
        while (true)
        {
            var page = await redis.StreamRangeAsync(key, from, "+", PageSize);
            entries.AddRange(page);
            if (page.Length < PageSize) return entries;
            from = "(" + page[^1].Id;
        }
    }

    /// <summary>Every entry of a catalog stream, in order.</summary>
    public static Task<List<StreamEntry>> ReadAsync(this IDatabase redis, EventStream stream) =>
        redis.ReadAsync(stream.Key);

    /// <summary>
    /// Payloads as text, without the envelope (ids and times of the machine), but with the tape's time.
    /// </summary>
    public static async Task<List<string>> PayloadsAsync(this IDatabase redis, EventStream stream) =>
    [
        .. (await redis.ReadAsync(stream)).Select(entry => entry["ts"] + " " + string.Join(
            ' ', stream.FieldNames.Select(name => $"{name}={entry[name]}"))),
    ];

    /// <summary>What one group of a stream has read.</summary>
    public static async Task<GroupFacts> GroupAsync(this IDatabase redis, string key, string group)
    {
        foreach (var row in (RedisResult[])(await redis.ExecuteAsync("XINFO", "GROUPS", key))!)
        {
            var facts = Pairs(row);
            if ((string?)facts["name"] != group) continue;
            return new GroupFacts(
                (long)facts["consumers"], (long)facts["pending"], (string)facts["last-delivered-id"]!,
                facts["lag"].IsNull ? null : (long)facts["lag"]);
        }

        throw new KeyNotFoundException($"{key} has no group {group}.");
    }

    /// <summary>Entries ever added to a stream, trimmed ones included; 0 without the stream.</summary>
    public static async Task<(long Added, string LastId)> EndOfAsync(this IDatabase redis, string key)
    {
        if (!await redis.KeyExistsAsync(key)) return (0, "0-0");
        var facts = Pairs(await redis.ExecuteAsync("XINFO", "STREAM", key));
        return ((long)facts["entries-added"], (string)facts["last-generated-id"]!);
    }

    public static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static Dictionary<string, RedisResult> Pairs(RedisResult row)
    {
        var parts = (RedisResult[])row!;
        return Enumerable.Range(0, parts.Length / 2)
            .ToDictionary(i => (string)parts[2 * i]!, i => parts[2 * i + 1], StringComparer.Ordinal);
    }
}

/// <summary>A consumer group as XINFO GROUPS tells it.</summary>
/// <param name="Consumers">From 0.</param>
/// <param name="Pending">Delivered and not acknowledged, from 0.</param>
/// <param name="LastDelivered">Id of the newest entry read.</param>
/// <param name="Lag">Entries not delivered; null when Redis does not know.</param>
internal sealed record GroupFacts(long Consumers, long Pending, string LastDelivered, long? Lag);
