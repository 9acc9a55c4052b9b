using System.Text.Json;
using Quantum.EventLog.Resp;

namespace Quantum.Market.Gateways;

/// <summary>
/// Keeps position, anchor and end of the feed in Redis (<c>quantum:feed:…</c>) as JSON. Waits for a Redis that is away, until
/// cancelled. For one thread.
/// </summary>
public sealed class RedisFeedStoreGateway(RespEndpoint endpoint, CancellationToken cancel) : IFeedStore, IDisposable
{
    public const string PositionKey = "quantum:feed:position";
    public const string AnchorKey = "quantum:feed:anchor";
    public const string DoneKey = "quantum:feed:done";

    private static readonly JsonSerializerOptions _json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly RespClient _client = new(endpoint);

    public FeedPosition? ReadPosition() => Read<FeedPosition>(PositionKey);

    public void WritePosition(FeedPosition position) => Write(PositionKey, position);

    public FeedAnchor? ReadAnchor() => Read<FeedAnchor>(AnchorKey);

    public void WriteAnchor(FeedAnchor anchor) => Write(AnchorKey, anchor);

    public void WriteDone(FeedSummary summary) => Write(DoneKey, summary);

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

    public void Dispose() => _client.Dispose();

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
            return JsonSerializer.Deserialize<TValue>(bytes, _json)!;
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException(
                $"the Redis key {key} cannot be read ({e.Message}): delete it, or use an empty Redis.", e);
        }
    }

    private void Write<TValue>(string key, TValue value)
    {
        var text = JsonSerializer.Serialize(value, _json);
        _client.Execute(
            connection =>
            {
                connection.Call("SET", key, text).ThrowIfError();
                return true;
            },
            cancel);
    }
}
