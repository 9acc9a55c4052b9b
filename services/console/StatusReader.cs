using System.Globalization;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog;
using Quantum.Hosting;
using StackExchange.Redis;

namespace Quantum.Console;

/// <summary>Reads the whole system's status from Redis; it writes nothing.</summary>
public sealed class StatusReader(QuantumOptions options, IServiceProvider services)
{
    private const int TradesShown = 10;
    private const int SignalsShown = 10;
    private const int ReasonsShown = 40;

    // Longer than any healthy Redis takes, shorter than a reader's patience.
    private static readonly TimeSpan s_answerLimit = TimeSpan.FromSeconds(6);
    private readonly LogKeys _keys = new(options.Shards);

    /// <summary>The status; or null and, in words, why Redis gives none.</summary>
    public async Task<(SystemStatus? Status, string Fault)> ReadAsync(CancellationToken cancel)
    {
        try
        {
            // The first use connects, which blocks.
            return (await Task.Run(ReadAllAsync, cancel).WaitAsync(s_answerLimit, cancel), "");
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            return (null, $"Redis does not answer: {fault.Message.Split('\n')[0]}");
        }
    }

    private async Task<SystemStatus> ReadAllAsync()
    {
        var redis = services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();
        var nowMs = await NowMsAsync(redis);
        var streams = Task.WhenAll(StreamCatalog.All.SelectMany(stream => StreamsOf(redis, stream, nowMs)));
        var seats = Task.WhenAll(Seats().Select(seat => SeatAsync(redis, seat.Service, seat.Seat, nowMs)));
        var reasons = Task.WhenAll(Seats().Select(seat => ReasonsAsync(redis, seat.Seat)));
        var counts = Task.WhenAll(Seats().Select(seat => CountsAsync(redis, seat.Seat)));
        var snapshot = NewestAsync(redis, StreamCatalog.PortfolioSnapshot, 1, nowMs);
        var exposure = NewestAsync(redis, StreamCatalog.PortfolioExposure, 1, nowMs);
        var policy = NewestAsync(redis, StreamCatalog.PolicyUpdated, 1, nowMs);
        var trades = NewestAsync(redis, StreamCatalog.TradeClosed, TradesShown, nowMs);
        var signals = NewestAsync(redis, StreamCatalog.SignalGenerated, SignalsShown, nowMs);
        var position = await redis.StringGetAsync(FeedKeys.Position);
        var pause = await redis.HashGetAsync(FeedKeys.Pause, ["reason", "by"]);
        var status = new SystemStatus
        {
            Mode = WireNames.Of(options.Mode),
            Tape = options.IsTape,
            NowMs = nowMs,
            FeedPositionMs = options.IsTape && position.HasValue && position.TryParse(out long tapeMs) ? tapeMs : null,
            FeedDone = await redis.KeyExistsAsync(FeedKeys.Done),
            FeedPause = pause is [{ HasValue: true } reason, var by] ? $"{reason}, by {by}" : null,
            Seats = await seats,
            Streams = await streams,
            Snapshot = await snapshot is [var snapshotEntry] ? snapshotEntry : null,
            Exposure = await exposure is [var exposureEntry] ? exposureEntry : null,
            Policy = await policy is [var policyEntry] ? policyEntry : null,
            Signals = await signals,
            Trades = await trades,
            Reasons = [.. (await reasons).SelectMany(some => some).OrderByDescending(it => it.AtMs).Take(ReasonsShown)],
            Counts = [.. (await counts).SelectMany(some => some).OrderByDescending(it => it.Times).Take(ReasonsShown)],
        };
        return status with { Obstacles = [.. EntryObstacles.Of(status)] };
    }

    private static async Task<long> NowMsAsync(IDatabase redis)
    {
        var time = (RedisResult[])(await redis.ExecuteAsync("TIME"))!;
        return (long)time[0] * 1000 + (long)time[1] / 1000;
    }

    // Who only writes holds no lease: the market feed, the control surface.
    private IEnumerable<(string Service, RoleSeat Seat)> Seats() =>
        from service in ServiceHosts.All
        from role in service.Roles
        where RoleNames.IsActiveIn(role, options.Mode) && StreamCatalog.ReadBy(role).Any()
        from seat in _keys.SeatsOf(role)
        select (service.Name, seat);

    private async Task<SeatStatus> SeatAsync(IDatabase redis, string service, RoleSeat seat, long nowMs)
    {
        var lease = await redis.HashGetAllAsync(_keys.Lease(seat));
        var owner = Field(lease, "owner");
        var until = Field(lease, "until");
        // A value that is not there parses as 0.
        long? left = until.HasValue && until.TryParse(out long untilMs) ? untilMs - nowMs : null;
        return new SeatStatus(service, NameOf(seat), owner.HasValue ? owner.ToString() : null, left > 0, left);
    }

    private static RedisValue Field(HashEntry[] hash, string name) =>
        hash.FirstOrDefault(entry => entry.Name == name).Value;

    private IEnumerable<Task<StreamStatus>> StreamsOf(IDatabase redis, EventStream stream, long nowMs) =>
        _keys.KeysOf(stream).Select((key, index) => StreamAsync(redis, stream, key, index, nowMs));

    private async Task<StreamStatus> StreamAsync(IDatabase redis, EventStream stream, string key, int index, long nowMs)
    {
        var shard = stream.Shard == ShardKey.Global ? LogKeys.GlobalShard : index;
        var name = key[EventStream.KeyPrefix.Length..];
        var links = _keys.LinksOf(
                from consumer in stream.Consumers
                where RoleNames.IsActiveIn(consumer.Role, options.Mode)
                select consumer.Role)
            .Where(link => link.StreamKey == key).ToArray();
        var dead = await redis.StreamLengthAsync(_keys.DeadLetters(stream, shard));
        if (!await redis.KeyExistsAsync(key))
            return new StreamStatus(
                name, 0, 0, null, dead, [.. links.Select(link => GroupOf(stream, link, default, 0))]);
        var facts = await redis.StreamInfoAsync(key);
        var groups = (await redis.StreamGroupInfoAsync(key)).ToDictionary(group => group.Name, StringComparer.Ordinal);
        var newestMs = MsOf(facts.LastGeneratedId.ToString());
        return new StreamStatus(
            name, Math.Max(facts.EntriesAdded, 0), facts.Length, newestMs == 0 ? null : nowMs - newestMs, dead,
            [.. links.Select(link => GroupOf(stream, link, groups.GetValueOrDefault(link.Group), newestMs))]);
    }

    // Redis's own `lag` is wrong after trimming; the distance between two ids never is.
    private static GroupStatus GroupOf(EventStream stream, LogLink link, StreamGroupInfo group, long newestMs)
    {
        var role = stream.Consumers.First(consumer => link.Group.StartsWith(consumer.Group, StringComparison.Ordinal));
        var limitMs = (long)stream.LagObjective.TotalMilliseconds;
        if (group.Name is null) return new GroupStatus(role.Role, false, 0, null, limitMs);
        var behindMs = Math.Max(0, newestMs - MsOf(group.LastDeliveredId ?? ""));
        return new GroupStatus(role.Role, true, group.PendingMessageCount, behindMs, limitMs);
    }

    private async Task<IEnumerable<ReasonStatus>> ReasonsAsync(IDatabase redis, RoleSeat seat) =>
        from entry in await redis.HashGetAllAsync(_keys.Reasons(seat))
        let text = entry.Value.ToString()
        let blank = text.IndexOf(' ', StringComparison.Ordinal)
        let atMs = blank < 0 ? 0 : MsOf(text[..blank])
        select new ReasonStatus(NameOf(seat), entry.Name.ToString(), atMs, text[(blank + 1)..]);

    private async Task<IEnumerable<CountStatus>> CountsAsync(IDatabase redis, RoleSeat seat) =>
        from entry in await redis.HashGetAllAsync(_keys.Counts(seat))
        select new CountStatus(
            NameOf(seat), entry.Name.ToString(), entry.Value.TryParse(out long times) ? times : 0);

    private async Task<IReadOnlyList<EntryStatus>> NewestAsync(
        IDatabase redis, EventStream stream, int count, long nowMs)
    {
        var pages = await Task.WhenAll(_keys.KeysOf(stream).Select(key =>
            redis.StreamRangeAsync(key, count: count, messageOrder: Order.Descending)));
        return
        [
            .. pages.SelectMany(page => page).OrderByDescending(entry => EntryId.Parse(entry.Id.ToString()))
                .Take(count).Select(entry => new EntryStatus(
                    entry.Id.ToString(), nowMs - MsOf(entry.Id.ToString()), FieldsOf(entry))),
        ];
    }

    private static Dictionary<string, string> FieldsOf(StreamEntry entry)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in entry.Values) fields[field.Name.ToString()] = field.Value.ToString();
        return fields;
    }

    private string NameOf(RoleSeat seat) => options.Shards == 1 ? seat.Role : seat.ToString();

    private static long MsOf(string id) =>
        long.TryParse(id.Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ms) ? ms : 0;
}
