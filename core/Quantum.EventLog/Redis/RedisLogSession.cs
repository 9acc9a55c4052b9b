using System.Diagnostics;
using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Resp;

namespace Quantum.EventLog.Redis;

/// <summary>A seat's session on Redis: one connection, which blocks only while nothing else is to be done.</summary>
internal sealed class RedisLogSession : IPipelinedSession, IRoundSession
{
    private const int LongestBlockMs = 1000;
    private const int JournalKeep = 10_000;

    private readonly RedisEventLog _log;
    private readonly RedisPipe _pipe;
    private readonly RedisScripts _scripts;
    private readonly RedisCommitWriter _commits;
    private readonly string _leaseKey;
    private readonly string _roundKey;
    private readonly HashSet<string> _streams = [];
    private byte[] _owner = [];
    private long _epoch;
    private long _ttlMs;
    private int _interrupted;
    private long _scriptedClient;
    private bool _commitIsUnderWay;

    public RedisLogSession(RedisEventLog log, RoleSeat seat, RedisPipe pipe)
    {
        (_log, _pipe, _scripts, Seat) = (log, pipe, log.Scripts, seat);
        (_leaseKey, _roundKey) = (log.Keys.Lease(seat), log.Keys.Round(seat));
        pipe.Keys = Keys;
        _commits = new RedisCommitWriter(_scripts.Commit, log.Keys, seat, log.IsTape);
    }

    public RoleSeat Seat { get; }

    public bool AdvancesWithCommit => _log.IsTape;

    public bool HearsRounds => _log.IsTape && _log.Keys.Shards == 1;

    public LeaseReply Acquire(string owner, TimeSpan ttl, string? gone = null)
    {
        ArgumentNullException.ThrowIfNull(owner);
        _owner = Encoding.UTF8.GetBytes(owner);
        _ttlMs = (long)ttl.TotalMilliseconds;
        var lease = _pipe.Run((session: this, gone: gone ?? ""), static (connection, a) =>
        {
            var writer = connection.BeginWrite();
            a.session._scripts.Acquire.Begin(writer, 1, 3);
            writer.WriteBulk(a.session._leaseKey);
            writer.WriteBulk(a.session._owner);
            writer.WriteBulk(a.session._ttlMs);
            writer.WriteBulk(a.gone);
            connection.Flush();
            var reply = a.session._scripts.Acquire.ReadReply(connection);
            reply.ReadArray();
            return new LeaseReply(
                reply.ReadInteger() == 1, reply.ReadInteger(), reply.ReadString(), (int)reply.ReadInteger());
        });
        _epoch = lease.IsGranted ? lease.Epoch : 0;
        return lease;
    }

    public bool Renew() => Renew(_ttlMs);

    public void Release() => Renew(0);

    public SavedRole Load() => _pipe.Run(this, static (connection, session) =>
    {
        var writer = connection.BeginWrite();
        writer.Command("HGETALL", session._log.Keys.Cursor(session.Seat));
        writer.Command("HGETALL", session._log.Keys.State(session.Seat));
        connection.Flush();
        return SavedRoleReader.Read(connection);
    });

    public IReadOnlySet<EntryId> Handled(string streamKey) =>
        _pipe.Run((session: this, streamKey), static (connection, a) =>
            SavedRoleReader.ReadHandled(connection, a.session._log.Keys.Journal(a.session.Seat), a.streamKey));

    public bool HasBetween(string streamKey, EntryId after, EntryId before) =>
        _pipe.Run((streamKey, after, before), static (connection, a) =>
    {
        var reply = connection.Call("XRANGE", a.streamKey, "(" + a.after, "(" + a.before, "COUNT", "1");
        reply.ThrowIfError();
        return reply.ReadArray() > 0;
    });

    public EntryId EnsureGroup(LogLink link, EntryId start) =>
        _pipe.Run((session: this, link, start), static (connection, a) =>
    {
        a.session._streams.Add(a.link.StreamKey);
        var isOwn = a.link.Kind == LinkKind.Group && a.link.Stream.Mode == DeliveryMode.Ordered;
        var writer = connection.BeginWrite();
        var script = a.session._scripts.Ensure;
        script.Begin(writer, isOwn ? 2 : 1, isOwn ? 5 : 3);
        writer.WriteBulk(a.link.StreamKey);
        if (isOwn) writer.WriteBulk(a.session._leaseKey);
        writer.WriteBulk(a.link.Group);
        writer.WriteBulk(a.start);
        writer.WriteBulk(StreamConsumer.Name);
        if (isOwn)
        {
            writer.WriteBulk(a.session._owner);
            writer.WriteBulk(a.session._epoch);
        }

        connection.Flush();
        var reply = script.ReadReply(connection);
        reply.ReadArray();
        var last = reply.ReadId();
        LogMeter.TakenOver(a.link, reply.ReadInteger(), reply.ReadInteger());
        return last;
    });

    public bool Fetch(ReadOnlySpan<LinkRead> reads, LogBatch target)
    {
        try
        {
            var connection = _pipe.Connection;
            RedisFetchCodec.Write(_scripts.Fetch, connection.BeginWrite(), _leaseKey, reads, _owner, _epoch);
            connection.Flush();
            return RedisFetchCodec.Read(_scripts.Fetch.ReadReply(connection), target);
        }
        catch (RespException e)
        {
            throw _pipe.Translate(e);
        }
    }

    public CommitReply Commit(CommitBatch commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        try
        {
            var connection = _pipe.Connection;
            WriteCommit(connection, commit);
            connection.Flush();
            return ReadCommit(_scripts.Commit.ReadReply(connection));
        }
        catch (RespException e)
        {
            throw _pipe.Translate(e);
        }
    }

    public CommitReply CommitAndFetch(CommitBatch commit, ReadOnlySpan<LinkRead> reads, LogBatch target)
    {
        ArgumentNullException.ThrowIfNull(commit);
        Begin(commit, reads);
        return End(target);
    }

    public void Begin(CommitBatch? commit, ReadOnlySpan<LinkRead> reads)
    {
        try
        {
            var connection = _pipe.Connection;
            // A server that lost its scripts would run the fetch without the commit before it; so both are there
            // beforehand.
            if (_scriptedClient != connection.ClientId) LoadScripts(connection);
            if (commit is not null) WriteCommit(connection, commit);
            RedisFetchCodec.Write(_scripts.Fetch, connection.BeginWrite(), _leaseKey, reads, _owner, _epoch);
            _commitIsUnderWay = commit is not null;
            connection.Flush();
        }
        catch (RespException e)
        {
            throw _pipe.Translate(e);
        }
    }

    public CommitReply End(LogBatch target)
    {
        target.Clear();
        try
        {
            var connection = _pipe.Current;
            var done = _commitIsUnderWay ? ReadCommit(connection.ReadReply()) : CommitReply.Ok;
            var isOwner = RedisFetchCodec.Read(connection.ReadReply(), target);
            if (!isOwner && done == CommitReply.Ok) return _commitIsUnderWay ? done : CommitReply.Fenced;
            // What was read behind a refused commit is pending now, and belongs to who loads next.
            if (done is not (CommitReply.Ok or CommitReply.Duplicate)) target.Clear();
            return done;
        }
        catch (RespException e)
        {
            throw _pipe.Translate(e);
        }
    }

    public bool Wait(ReadOnlySpan<LinkRead> reads, TimeSpan timeout, LogBatch target)
    {
        ArgumentNullException.ThrowIfNull(target);
        target.Clear();
        if (Interlocked.Exchange(ref _interrupted, 0) != 0 || timeout <= TimeSpan.Zero) return false;
        var blockMs = (int)Math.Clamp(timeout.TotalMilliseconds, 1, LongestBlockMs);
        try
        {
            var connection = _pipe.Connection;
            var writer = connection.BeginWrite();
            writer.WriteArrayHeader(6 + 2 * reads.Length);
            writer.WriteEncoded("$5\r\nXREAD\r\n$5\r\nCOUNT\r\n"u8, 2);
            writer.WriteBulk(CountOf(reads));
            writer.WriteEncoded("$5\r\nBLOCK\r\n"u8);
            writer.WriteBulk(blockMs);
            writer.WriteEncoded("$7\r\nSTREAMS\r\n"u8);
            foreach (var read in reads) writer.WriteBulk(read.Link.StreamKey);
            foreach (var read in reads) writer.WriteBulk(read.After);
            connection.Flush();
            var reply = connection.ReadReply(blockMs + connection.Endpoint.ReplyTimeoutMs);
            return RedisFetchCodec.ReadBell(ref reply, reads, target);
        }
        catch (RespException e)
        {
            throw _pipe.Translate(e);
        }
        finally
        {
            Interlocked.Exchange(ref _interrupted, 0);
        }
    }

    public bool WaitRound(ReadOnlySpan<LinkRead> reads, TimeSpan timeout, LogBatch target)
    {
        CommitAndWaitRound(null, reads, timeout, target, out var heard);
        return heard;
    }

    CommitReply IRoundSession.CommitAndWaitRound(
        CommitBatch commit, ReadOnlySpan<LinkRead> reads, TimeSpan timeout, LogBatch target, out bool heard) =>
        CommitAndWaitRound(commit, reads, timeout, target, out heard);

    private CommitReply CommitAndWaitRound(
        CommitBatch? commit, ReadOnlySpan<LinkRead> reads, TimeSpan timeout, LogBatch target, out bool heard)
    {
        ArgumentNullException.ThrowIfNull(target);
        target.Clear();
        heard = false;
        var waits = Interlocked.Exchange(ref _interrupted, 0) == 0 && timeout > TimeSpan.Zero;
        var blockMs = (int)Math.Clamp(timeout.TotalMilliseconds, 1, LongestBlockMs);
        try
        {
            var connection = _pipe.Connection;
            if (commit is not null)
            {
                // A server that lost its scripts would hand over a round without the commit before it.
                if (_scriptedClient != connection.ClientId) LoadScripts(connection);
                WriteCommit(connection, commit);
            }

            if (waits) RedisRounds.Write(connection.BeginWrite(), _roundKey, blockMs);
            if (waits || commit is not null) connection.Flush();
            var done = CommitReply.Ok;
            if (commit is not null)
            {
                done = ReadCommit(connection.ReadReply());
                commit.EndedAt = Stopwatch.GetTimestamp();
            }

            if (!waits) return done;
            var reply = connection.ReadReply(blockMs + connection.Endpoint.ReplyTimeoutMs);
            heard = RedisRounds.Read(ref reply, reads, target);
            if (done is not (CommitReply.Ok or CommitReply.Duplicate)) target.Clear();
            return done;
        }
        catch (RespException e)
        {
            throw _pipe.Translate(e);
        }
        finally
        {
            Interlocked.Exchange(ref _interrupted, 0);
        }
    }

    // One count holds for all streams, and what a group has is not taken from here.
    private static int CountOf(ReadOnlySpan<LinkRead> reads)
    {
        var count = 1;
        foreach (var read in reads)
            if (read.Link.Kind == LinkKind.Cursor) count = Math.Max(count, read.Count);
        return Math.Min(count, ILogSession.BellCount);
    }

    public void Interrupt()
    {
        Volatile.Write(ref _interrupted, 1);
        _log.Unblock(_pipe.ClientId);
    }

    public void Advance(LogLink link, EntryId position) =>
        _pipe.Run((session: this, link, position), static (connection, a) =>
    {
        var writer = connection.BeginWrite();
        var script = a.session._scripts.Advance;
        script.Begin(writer, 1, 3);
        writer.WriteBulk(a.link.StreamKey);
        writer.WriteBulk(a.link.Group);
        writer.WriteBulk(a.position.Ms);
        writer.WriteBulk(a.position.Sequence);
        connection.Flush();
        return script.ReadReply(connection).ReadInteger();
    });

    public long Trim(string streamKey, EntryId keepFrom) =>
        _pipe.Run((session: this, streamKey, keepFrom), static (connection, a) =>
    {
        var writer = connection.BeginWrite();
        var script = a.session._scripts.Trim;
        script.Begin(writer, 1, 4);
        writer.WriteBulk(a.streamKey);
        writer.WriteBulk(a.keepFrom.Ms);
        writer.WriteBulk(a.keepFrom.Sequence);
        writer.WriteBulk(StreamCatalog.RecorderGroup);
        writer.WriteBulk(ILogSession.MostForRecorder);
        connection.Flush();
        return script.ReadReply(connection).ReadInteger();
    });

    public long TrimTail(string streamKey, long maxLength) =>
        _pipe.Run((session: this, streamKey, maxLength), static (connection, a) =>
    {
        var writer = connection.BeginWrite();
        var script = a.session._scripts.TrimTail;
        script.Begin(writer, 1, 3);
        writer.WriteBulk(a.streamKey);
        writer.WriteBulk(a.maxLength);
        writer.WriteBulk(StreamCatalog.RecorderGroup);
        writer.WriteBulk(ILogSession.MostForRecorder);
        connection.Flush();
        return script.ReadReply(connection).ReadInteger();
    });

    public void Dispose() => _pipe.Dispose();

    private bool Renew(long ttlMs) => _pipe.Run((session: this, ttlMs), static (connection, a) =>
    {
        var writer = connection.BeginWrite();
        var script = a.session._scripts.Renew;
        script.Begin(writer, 1, 3);
        writer.WriteBulk(a.session._leaseKey);
        writer.WriteBulk(a.session._owner);
        writer.WriteBulk(a.session._epoch);
        writer.WriteBulk(a.ttlMs);
        connection.Flush();
        return script.ReadReply(connection).ReadInteger() == 1;
    });

    private void WriteCommit(RespConnection connection, CommitBatch commit) => _commits.Write(
        connection.BeginWrite(), commit, _owner, _epoch, _ttlMs, JournalKeep);

    private void LoadScripts(RespConnection connection)
    {
        _scripts.Commit.Load(connection);
        _scripts.Fetch.Load(connection);
        _scriptedClient = connection.ClientId;
    }

    private IEnumerable<(string Key, string Type)> Keys() =>
    [
        (_leaseKey, "hash"), (_log.Keys.Cursor(Seat), "hash"), (_log.Keys.State(Seat), "hash"),
        (_log.Keys.Counts(Seat), "hash"), (_log.Keys.Reasons(Seat), "hash"), (_log.Keys.Journal(Seat), "stream"),
        .. _streams.Select(key => (key, "stream")),
    ];

    private static CommitReply ReadCommit(RespReader reply)
    {
        reply.ReadArray();
        var status = reply.ReadBytes();
        if (status.SequenceEqual("OK"u8)) return CommitReply.Ok;
        if (status.SequenceEqual("DUP"u8)) return CommitReply.Duplicate;
        if (status.SequenceEqual("STALE"u8)) return CommitReply.Stale;
        if (status.SequenceEqual("FENCED"u8)) return CommitReply.Fenced;
        var key = reply.ReadString();
        throw new LogRefusedException(status.SequenceEqual("JOURNAL"u8)
            ? $"the journal {key} is ahead of its cursor: the role's cursor was lost. Restore it, or delete both to "
                + "begin anew."
            : $"the key {key} holds another type than the log writes: use a Redis database of Quantum's own, or remove "
                + "the key.");
    }
}
