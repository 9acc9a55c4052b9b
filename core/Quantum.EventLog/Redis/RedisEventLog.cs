using System.Globalization;
using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.Resp;

namespace Quantum.EventLog.Redis;

/// <summary>
/// The event log on Redis Streams: one blocking connection per session, one shared for appends and control.
/// </summary>
public sealed class RedisEventLog : ITapeLog
{
    // A replica that keeps up confirms within a millisecond or two; a person waits for this.
    // Redis holds its file's buffer back for two seconds at most.
    private const int KeptLimitMs = 3_000;

    private readonly RespEndpoint _endpoint;
    private readonly RedisPipe _appends;
    private readonly RedisPipe _control;
    private readonly Lock _appendLock = new();
    private readonly Lock _controlLock = new();
    private readonly TimeProvider _time;
    private readonly RedisTurns _turns;

    public RedisEventLog(RespEndpoint endpoint, LogKeys? keys = null, TimeProvider? time = null)
        : this(endpoint, keys ?? new LogKeys(), RedisScripts.Default, time)
    {
    }

    internal RedisEventLog(RespEndpoint endpoint, LogKeys keys, RedisScripts scripts, TimeProvider? time = null)
    {
        _endpoint = endpoint;
        _time = time ?? TimeProvider.System;
        Keys = keys;
        Scripts = scripts;
        _appends = new RedisPipe(Named("append"));
        _control = new RedisPipe(Named("control")) { Keys = () => [(LogKeys.Members, "zset")] };
        _turns = new RedisTurns(this, new RedisPipe(Named("turns")));
    }

    public LogKeys Keys { get; }

    /// <summary>True where the time is a tape's: what seats publish waits for the tape's turns while there are any.
    /// </summary>
    public bool IsTape { get; init; }

    internal RedisScripts Scripts { get; }

    public EntryId Append(string streamKey, FieldBuffer entry, long maxLength = 0)
    {
        lock (_appendLock)
        {
            _appends.Keys = () => [(streamKey, "stream")];
            return _appends.Run(new NewEntry(streamKey, entry, maxLength), static (connection, entry) =>
            {
                WriteAppend(connection.BeginWrite(), entry);
                connection.Flush();
                var reply = connection.ReadReply();
                return reply.ReadId();
            });
        }
    }

    public void AppendAll(IReadOnlyList<NewEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries is [{ OnceId: null } only])
        {
            Append(only.StreamKey, only.Fields, only.MaxLength);
            return;
        }

        var hour = Hour;
        lock (_appendLock)
        {
            foreach (var slot in entries.GroupBy(entry => HashTag(entry.StreamKey)))
            {
                NewEntry[] together = [.. slot];
                _appends.Keys = () => together
                    .SelectMany(entry => KeysOf(entry.StreamKey, entry.OnceId is not null, hour)).Distinct();
                _appends.Run((log: this, together, hour), static (connection, all) =>
                    all.log.AppendTogether(connection, all.together, all.hour));
            }
        }
    }

    public EntryId AppendOnce(string streamKey, string dedupeId, FieldBuffer entry) =>
        AppendOnce(streamKey, dedupeId, entry, isKept: false);

    public EntryId AppendKept(string streamKey, string dedupeId, FieldBuffer entry) =>
        AppendOnce(streamKey, dedupeId, entry, isKept: true);

    public ILogSession OpenSession(RoleSeat seat) =>
        new RedisLogSession(this, seat, new RedisPipe(Named(seat.ToString())));

    public bool IsQuiet(IReadOnlyList<LogLink> links, out string? blocker)
    {
        ArgumentNullException.ThrowIfNull(links);
        // One call per slot: with one shard that is one call for everything.
        foreach (var slot in links.GroupBy(link => HashTag(link.StreamKey)))
        {
            blocker = OneQuiet(StreamsOf(slot));
            if (blocker.Length > 0) return false;
        }

        blocker = null;
        return true;
    }

    public long BeginTurns() => _turns.Begin();

    public void Offer(long number, string role, IReadOnlyList<NewEntry> step, IReadOnlyList<LogLink> links)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(links);
        _turns.Offer(number, role, step, links);
    }

    public long Turn(IReadOnlyList<LogLink> links, bool ends, out string? blocker, TimeSpan patience = default)
    {
        ArgumentNullException.ThrowIfNull(links);
        return _turns.Take(links, ends, patience, out blocker);
    }

    /// <summary>
    /// Tells that these members are alive for a while (or, for zero time, gone), and gives all that are alive.
    /// </summary>
    public IReadOnlyList<string> Heartbeat(IReadOnlyList<string> members, TimeSpan aliveFor)
    {
        ArgumentNullException.ThrowIfNull(members);
        return Control((log: this, members, ms: (long)aliveFor.TotalMilliseconds), static (connection, a) =>
        {
            var writer = connection.BeginWrite();
            a.log.Scripts.Members.Begin(writer, 1, 1 + a.members.Count);
            writer.WriteBulk(LogKeys.Members);
            writer.WriteBulk(a.ms);
            foreach (var member in a.members) writer.WriteBulk(member);
            connection.Flush();
            var reply = a.log.Scripts.Members.ReadReply(connection);
            var alive = new string[reply.ReadArray()];
            for (var i = 0; i < alive.Length; i++) alive[i] = reply.ReadString();
            return alive;
        });
    }

    public void Dispose()
    {
        _appends.Dispose();
        _control.Dispose();
        _turns.Dispose();
    }

    internal TResult Control<TArgument, TResult>(TArgument argument, Func<RespConnection, TArgument, TResult> operation)
    {
        lock (_controlLock) return _control.Run(argument, operation);
    }

    internal void Unblock(long clientId)
    {
        if (clientId == 0) return;
        Control(clientId, static (connection, id) => connection.ClientUnblock(id));
    }

    internal static void WriteFields(RespWriter writer, in EntryFields fields)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            writer.WriteBulk(fields.Name(i));
            writer.WriteBulk(fields.Value(i));
        }
    }

    private EntryId AppendOnce(string streamKey, string dedupeId, FieldBuffer entry, bool isKept)
    {
        ArgumentNullException.ThrowIfNull(streamKey);
        var hour = Hour;
        lock (_appendLock)
        {
            _appends.Keys = () => KeysOf(streamKey, isOnce: true, hour);
            return _appends.Run((log: this, streamKey, dedupeId, entry, hour, isKept), static (connection, a) =>
            {
                a.log.WriteOnce(connection.BeginWrite(), a.streamKey, a.dedupeId, a.entry, a.hour);
                connection.Flush();
                var id = a.log.Scripts.AppendOnce.ReadReply(connection).ReadId();
                if (!a.isKept) return id;
                var isWritten = connection.IsWritten(KeptLimitMs);
                if (isWritten && connection.IsCopied(KeptLimitMs)) return id;
                throw new LogUnavailableException(
                    $"It stands at {id} of {a.streamKey} and is followed there, but "
                    + (isWritten ? "no replica of Redis confirmed it" : "Redis did not write it to its file")
                    + $" within {KeptLimitMs / 1000} s: "
                    + (isWritten ? "a failover would forget it. Say it again when one is back."
                        : "its end would forget it. Look at its disk, and say it again."));
            });
        }
    }

    private static (string Key, string[] Groups)[] StreamsOf(IEnumerable<LogLink> links) =>
    [
        .. links.GroupBy(link => link.StreamKey).Select(group =>
            (group.Key, group.Select(link => link.Group).Distinct().ToArray())),
    ];

    private static void WriteGroups(RespWriter writer, (string Key, string[] Groups)[] streams)
    {
        foreach (var (_, groups) in streams)
        {
            writer.WriteBulk(groups.Length);
            foreach (var group in groups) writer.WriteBulk(group);
        }
    }

    private static void WriteAppend(RespWriter writer, NewEntry entry)
    {
        var fields = entry.Fields.Fields;
        writer.BeginXAdd(Encoding.UTF8.GetBytes(entry.StreamKey), fields.Count, entry.MaxLength);
        WriteFields(writer, in fields);
    }

    private long Hour => _time.GetUtcNow().ToUnixTimeSeconds() / 3600;

    private void WriteOnce(RespWriter writer, string streamKey, string dedupeId, FieldBuffer entry, long hour)
    {
        var fields = entry.Fields;
        Scripts.AppendOnce.Begin(writer, 3, 1 + 2 * fields.Count);
        writer.WriteBulk(streamKey);
        writer.WriteBulk(DedupeKey(streamKey, hour));
        writer.WriteBulk(DedupeKey(streamKey, hour - 1));
        writer.WriteBulk(dedupeId);
        WriteFields(writer, in fields);
    }

    // A transaction: a server that refuses one of them must not take those behind it.
    private int AppendTogether(RespConnection connection, NewEntry[] entries, long hour)
    {
        // Inside a transaction nobody can load a script that the server has lost.
        if (Array.Exists(entries, entry => entry.OnceId is not null)) Scripts.AppendOnce.Load(connection);
        var writer = connection.BeginWrite();
        writer.Command("MULTI");
        foreach (var entry in entries)
        {
            if (entry.OnceId is { } id) WriteOnce(writer, entry.StreamKey, id, entry.Fields, hour);
            else WriteAppend(writer, entry);
        }

        writer.Command("EXEC");
        connection.Flush();
        RespServerException? refused = null;
        for (var i = 0; i <= entries.Length; i++)
        {
            var queued = connection.ReadReply();
            refused ??= queued.Error;
        }

        var done = connection.ReadReply();
        if (refused is not null) throw refused;
        var count = done.ReadArray();
        for (var i = 0; i < count; i++) done.ReadId();
        return count;
    }

    private string OneQuiet((string Key, string[] Groups)[] streams) =>
        Control((log: this, streams), static (connection, a) =>
        {
            var writer = connection.BeginWrite();
            a.log.Scripts.Quiet.Begin(writer, a.streams.Length, a.streams.Sum(s => 1 + s.Groups.Length));
            foreach (var stream in a.streams) writer.WriteBulk(stream.Key);
            WriteGroups(writer, a.streams);
            connection.Flush();
            var reply = a.log.Scripts.Quiet.ReadReply(connection);
            return reply.ReadString();
        });

    private RespEndpoint Named(string name) => _endpoint with
    {
        ClientName = string.Create(CultureInfo.InvariantCulture, $"{_endpoint.ClientName ?? "quantum"}:{name}"),
    };

    // What an append needs to be of which kind.
    private static IEnumerable<(string Key, string Kind)> KeysOf(string streamKey, bool isOnce, long hour)
    {
        yield return (streamKey, "stream");
        if (!isOnce) yield break;
        yield return (DedupeKey(streamKey, hour), "hash");
        yield return (DedupeKey(streamKey, hour - 1), "hash");
    }

    private static string DedupeKey(string streamKey, long hour)
    {
        var name = streamKey.StartsWith(EventStream.KeyPrefix, StringComparison.Ordinal)
            ? streamKey[EventStream.KeyPrefix.Length..]
            : streamKey;
        return string.Create(CultureInfo.InvariantCulture, $"quantum:dedupe:{name}:{hour}");
    }

    private static string HashTag(string key)
    {
        var open = key.IndexOf('{', StringComparison.Ordinal);
        return open < 0 ? "" : key[open..];
    }
}
