using Quantum.EventLog;
using Quantum.Feeds;
using Quantum.Resp;
using Quantum.Hosting;

namespace Quantum.Market.Publishing;

/// <summary>
/// Keeps position, anchor, pause and end of the feed in Redis under <see cref="FeedKeys"/>. Waits for a Redis that is
/// away, until cancelled. For one thread.
/// </summary>
public sealed class RedisFeedStore(RespEndpoint endpoint, LogKeys keys, CancellationToken cancel)
    : IFeedStore, IDisposable
{
    /// <summary>The whole position as JSON; <see cref="FeedKeys.Position"/> is its time alone, for others.</summary>
    public const string ProgressKey = "quantum:feed:progress";

    private static readonly JsonSerializerOptions s_json =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly RespClient _client = new(endpoint);

    public FeedPosition? ReadPosition() => Read<FeedPosition>(ProgressKey);

    public void WritePosition(FeedPosition position)
    {
        ArgumentNullException.ThrowIfNull(position);
        var progress = JsonSerializer.Serialize(position, s_json);
        if (position.AtMs > 0) Call("MSET", ProgressKey, progress, FeedKeys.Position, Text(position.AtMs));
        else Call("SET", ProgressKey, progress);
    }

    public FeedAnchor? ReadAnchor() => Read<FeedAnchor>(FeedKeys.Anchor);

    public void WriteAnchor(FeedAnchor anchor) =>
        Call("SET", FeedKeys.Anchor, JsonSerializer.Serialize(anchor, s_json));

    public FeedPause? ReadPause() => _client.Execute(
        connection =>
        {
            var reply = connection.Call("HGETALL", FeedKeys.Pause);
            reply.ThrowIfError();
            var fields = reply.ReadFields();
            if (fields.Count == 0) return null;
            var isTime = long.TryParse(
                fields.GetValueOrDefault("at_ms"), NumberStyles.None, CultureInfo.InvariantCulture, out var atMs);
            return new FeedPause(
                fields.GetValueOrDefault("by", ""), fields.GetValueOrDefault("reason", ""), isTime ? atMs : 0);
        },
        cancel);

    public void WritePause(FeedPause? pause)
    {
        if (pause is null) Call("DEL", FeedKeys.Pause);
        else Call("HSET", FeedKeys.Pause, "by", pause.By, "reason", pause.Reason, "at_ms", Text(pause.AtMs));
    }

    public void WriteDone(FeedSummary summary, IReadOnlyDictionary<string, long> endedAtMs)
    {
        ArgumentNullException.ThrowIfNull(summary);
        Call(
            "HSET", FeedKeys.Done, "feed", summary.Feed, "candles", Text(summary.Candles), "ticks", Text(summary.Ticks),
            "snapshots", Text(summary.Snapshots), "quotes", Text(summary.Quotes),
            "first_tape_ms", Text(summary.FirstTapeMs), "last_tape_ms", Text(summary.LastTapeMs),
            "seconds", summary.Seconds.ToString("0.###", CultureInfo.InvariantCulture),
            "ended", JsonSerializer.Serialize(endedAtMs));
    }

    // Told again after a restart, it keeps the time at which it was told first.
    public void WriteAlarm(string alarm) =>
        Call("ZADD", FeedKeys.Alarms, "NX", Text(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()), alarm);

    public IReadOnlyDictionary<string, decimal> HeldQuantities() => _client.Execute(
        connection =>
        {
            var held = new Dictionary<string, decimal>(StringComparer.Ordinal);
            var reply = connection.Call(
                "XREVRANGE", keys.Stream(StreamCatalog.PortfolioExposure, LogKeys.GlobalShard), "+", "-", "COUNT", "1");
            reply.ThrowIfError();
            if (reply.ReadArray() == 0) return held;
            reply.ReadArray();
            reply.Skip();
            foreach (var row in Exposures(reply.ReadFields())) held[row.Symbol.Name] = row.Quantity;
            return held;
        },
        cancel);

    public long EntriesAdded(string streamKey) => _client.Execute(
        connection =>
        {
            var reply = connection.Call("XINFO", "STREAM", streamKey);
            if (IsMissing(in reply)) return 0;
            reply.ThrowIfError();
            for (var left = reply.ReadArray(); left > 1; left -= 2)
            {
                if (reply.ReadString() == "entries-added") return reply.ReadInteger();
                reply.Skip();
            }

            throw new InvalidOperationException(
                $"Redis at {endpoint} does not count a stream's entries: use Redis 7.0 or newer.");
        },
        cancel);

    public IReadOnlyCollection<string> NewestSymbols(string streamKey, long most) => _client.Execute(
        connection =>
        {
            var symbols = new SortedSet<string>(StringComparer.Ordinal);
            var reply = connection.Call("XREVRANGE", streamKey, "+", "-", "COUNT", Text(most));
            reply.ThrowIfError();
            for (var left = reply.ReadArray(); left > 0; left--)
            {
                reply.ReadArray();
                reply.Skip();
                if (reply.ReadFields().TryGetValue("symbol", out var symbol)) symbols.Add(symbol);
            }

            return symbols;
        },
        cancel);

    public IReadOnlySet<string> GroupsOf(string streamKey) => _client.Execute(
        connection =>
        {
            var groups = new HashSet<string>(StringComparer.Ordinal);
            var reply = connection.Call("XINFO", "GROUPS", streamKey);
            if (IsMissing(in reply)) return groups;
            reply.ThrowIfError();
            for (var count = reply.ReadArray(); count > 0; count--)
            {
                for (var left = reply.ReadArray(); left > 1; left -= 2)
                {
                    if (reply.ReadString() == "name") groups.Add(reply.ReadString());
                    else reply.Skip();
                }
            }

            return groups;
        },
        cancel);

    public void CountDropped(Symbol symbol, long count, long atMs)
    {
        const string Counter = "tick";
        const string Reason = "dropped";
        var seat = new RoleSeat(RoleNames.MarketPublisher, keys.ShardOf(symbol.Name));
        Call("HINCRBY", keys.Counts(seat), ReasonFields.Count(Counter, Reason, symbol.Name), Text(count));
        Call(
            "HSET", keys.Reasons(seat), ReasonFields.Last(Counter, symbol.Name), ReasonFields.LastText(atMs, Reason),
            ReasonFields.Count(Counter, Reason, symbol.Name), ReasonFields.FiguresText(atMs, $"{count} ticks"));
    }

    public void Dispose() => _client.Dispose();

    private static SymbolExposure[] Exposures(Dictionary<string, string> fields) =>
        JsonSerializer.Deserialize<SymbolExposure[]>(fields["exposure_by_symbol"], WireJson.Options)!;

    private static bool IsMissing(in RespReader reply) =>
        reply.Error is { } error && error.Message.Contains("no such key", StringComparison.OrdinalIgnoreCase);

    private TValue? Read<TValue>(string key) where TValue : class => _client.Execute(
        connection =>
        {
            var reply = connection.Call("GET", key);
            reply.ThrowIfError();
            return reply.TryReadBytes(out var bytes) ? Parse<TValue>(key, bytes) : null;
        },
        cancel);

    private static TValue Parse<TValue>(string key, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<TValue>(bytes, s_json)!;
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException(
                $"the Redis key {key} cannot be read ({e.Message}): delete it, or use an empty Redis "
                + $"({PlainSettings.EmptyRedis}).", e);
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private void Call(params string[] command) => _client.Execute(
        connection =>
        {
            connection.Call(command).ThrowIfError();
            return true;
        },
        cancel);
}
