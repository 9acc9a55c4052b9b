using System.Globalization;
using System.Text.Json;
using Quantum.Contracts.Catalog;
using StackExchange.Redis;

namespace Quantum.EndToEnd.Tests.Harness;

/// <summary>
/// Puts a Redis into the state that the audit found: intents that nobody reads, behind a group of dead consumers.
/// </summary>
internal static class AuditedRedis
{
    public const int StaleIntents = 10_014;
    public const int IdleConsumers = 34;
    public const string Group = "quantum:group:execution:trade.intent";

    /// <summary>The last id that was ever delivered, 2025-12-20 08:31:18 UTC.</summary>
    private const long LastDeliveredMs = 1_766_219_478_937;

    /// <summary>Where the retained entries begin and end: 02:38:05 to 04:32:14 UTC on 2025-12-24.</summary>
    private const long FirstMs = 1_766_543_885_000;
    private const long SpanMs = 6_849_000;
    private const long EntriesRead = 45_409;

    private static readonly string[] s_symbols = ["NEARUSDT", "BTCUSDT", "ETHUSDT", "SOLUSDT"];

    /// <summary>
    /// Fills it. The one pending entry is gone from the stream as it was in the audit, or still there as the oldest of
    /// the stale ones.
    /// </summary>
    public static async Task FillAsync(IDatabase redis, bool pendingIsGone)
    {
        var key = StreamCatalog.TradeIntent.Key;
        if (pendingIsGone) await redis.StreamAddAsync(key, Fields(0, LastDeliveredMs), LastDeliveredMs + "-0");
        for (var first = 0; first < StaleIntents; first += 1000)
        {
            await Task.WhenAll(Enumerable.Range(first, Math.Min(1000, StaleIntents - first)).Select(
                i => redis.StreamAddAsync(key, Fields(i, TimeOf(i)), Id(i))));
        }

        await redis.ExecuteAsync("XGROUP", "CREATE", key, Group, "0");
        for (var i = 0; i < IdleConsumers; i++)
            await redis.ExecuteAsync("XGROUP", "CREATECONSUMER", key, Group, $"execution_{i * 2_654_435_761:x8}");
        await redis.ExecuteAsync("XREADGROUP", "GROUP", Group, "execution_00000000", "COUNT", "1", "STREAMS", key, ">");
        if (!pendingIsGone) return;
        await redis.ExecuteAsync("XTRIM", key, "MINID", LastDeliveredMs + 1);
        await redis.ExecuteAsync(
            "XSETID", key, Id(StaleIntents - 1), "ENTRIESADDED", EntriesRead + StaleIntents, "MAXDELETEDID",
            LastDeliveredMs + "-0");
        await redis.ExecuteAsync("XGROUP", "SETID", key, Group, LastDeliveredMs + "-0", "ENTRIESREAD", EntriesRead);
    }

    private static long TimeOf(int i) => FirstMs + SpanMs * i / StaleIntents;

    private static string Id(int i) => string.Create(CultureInfo.InvariantCulture, $"{TimeOf(i)}-{i}");

    /// <summary>The three forms in turn: JSON under payload with an envelope, JSON under data, bare fields.</summary>
    private static NameValueEntry[] Fields(int i, long atMs)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(atMs).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff",
            CultureInfo.InvariantCulture);
        var payload = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["symbol"] = s_symbols[i % s_symbols.Length], ["side"] = i % 2 == 0 ? "BUY" : "SELL", ["confidence"] = 0.72,
            ["entry_price"] = 1.4701, ["stop_loss"] = 1.44, ["take_profit"] = 1.5, ["position_size_usd"] = 200.0,
            ["leverage"] = 1, ["timestamp"] = at, ["model"] = "fallback-trend-following", ["atr_value"] = 0.02,
            ["volatility_factor"] = 0.55, ["exchange_divergence"] = 0.0, ["funding_rate"] = 0.0, ["regime"] = "unknown",
        };
        var json = JsonSerializer.Serialize(payload);
        return (i % 3) switch
        {
            0 =>
            [
                new("event_type", "trade.intent"), new("payload", json), new("trace_id", $"t-{i}"),
                new("timestamp", at), new("source", "trading_bot"),
            ],
            1 => [new("data", json)],
            _ => [.. payload.Select(pair =>
                new NameValueEntry(pair.Key, string.Create(CultureInfo.InvariantCulture, $"{pair.Value}")))],
        };
    }
}
