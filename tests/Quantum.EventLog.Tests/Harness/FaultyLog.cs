using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.EventLog.Tests.Harness;

/// <summary>Which faults a worker meets.</summary>
internal sealed record Faults
{
    /// <summary>Chance of a pause before a call, 0 to 1; pauses last 100 to 900 ms, mostly beyond the lease.</summary>
    public double Pause { get; init; } = 0.03;

    /// <summary>Chance of dying before or after a commit, 0 to 1.</summary>
    public double Crash { get; init; } = 0.02;

    /// <summary>Every so many commits one is sent twice; 0 never.</summary>
    public int Twice { get; init; } = 3;
}

/// <summary>A worker died: everything it had in memory is gone.</summary>
internal sealed class CrashException : Exception
{
    public CrashException() : base("the worker crashed")
    {
    }
}

/// <summary>A log whose sessions pause, die and repeat themselves, by a seed.</summary>
internal sealed class FaultyLog(IEventLog inner, Faults faults, int seed) : IEventLog
{
    private int _sessions;

    public LogKeys Keys => inner.Keys;

    /// <summary>Commits that were refused as fenced or stale.</summary>
    public int Refused;

    /// <summary>Commits that were repeated.</summary>
    public int Repeated;

    public int Crashes;

    public int Pauses;

    public EntryId Append(string streamKey, FieldBuffer entry, long maxLength = 0) =>
        inner.Append(streamKey, entry, maxLength);

    public EntryId AppendOnce(string streamKey, string dedupeId, FieldBuffer entry) =>
        inner.AppendOnce(streamKey, dedupeId, entry);

    public bool IsQuiet(IReadOnlyList<LogLink> links, out string? blocker) => inner.IsQuiet(links, out blocker);

    public ILogSession OpenSession(RoleSeat seat) =>
        new FaultySession(this, (IPipelinedSession)inner.OpenSession(seat), faults,
            new Random(seed * 1000 + Interlocked.Increment(ref _sessions)));

    public void Dispose() => inner.Dispose();

    private sealed class FaultySession(FaultyLog log, IPipelinedSession session, Faults faults, Random random)
        : IPipelinedSession
    {
        // A pause is the fault itself, not a wait for anything: nothing ever sets this.
        private readonly ManualResetEventSlim _never = new();
        private int _life;
        private int _commits;

        public RoleSeat Seat => session.Seat;

        // A worker that died comes back under another name, like a new process.
        public LeaseReply Acquire(string owner, TimeSpan ttl, string? gone = null) =>
            session.Acquire($"{owner}.{_life}", ttl, gone);

        public bool Renew() => session.Renew();

        public void Release() => session.Release();

        public SavedRole Load() => session.Load();

        public IReadOnlySet<EntryId> Handled(string streamKey) => session.Handled(streamKey);

        public bool HasBetween(string streamKey, EntryId after, EntryId before) =>
            session.HasBetween(streamKey, after, before);

        public EntryId EnsureGroup(LogLink link, EntryId start) => session.EnsureGroup(link, start);

        public bool Fetch(ReadOnlySpan<LinkRead> reads, LogBatch target)
        {
            Pause();
            return session.Fetch(reads, target);
        }

        public CommitReply Commit(CommitBatch commit)
        {
            Pause();
            Crash();
            var reply = session.Commit(commit);
            if (reply is CommitReply.Stale or CommitReply.Fenced) Interlocked.Increment(ref log.Refused);
            if (faults.Twice > 0 && ++_commits % faults.Twice == 0)
            {
                Interlocked.Increment(ref log.Repeated);
                reply = session.Commit(commit);
            }

            Crash();
            return reply;
        }

        public CommitReply CommitAndFetch(CommitBatch commit, ReadOnlySpan<LinkRead> reads, LogBatch target)
        {
            // The real pair runs in one call now and then, so that it is under test here too.
            if (random.Next(4) == 0 && faults.Twice != 1)
            {
                Pause();
                return session.CommitAndFetch(commit, reads, target);
            }

            var reply = Commit(commit);
            target.Clear();
            if (reply is CommitReply.Ok or CommitReply.Duplicate) Fetch(reads, target);
            return reply;
        }

        // A repeated commit is done once aside, so that the one sent ahead is its second.
        public void Begin(CommitBatch? commit, ReadOnlySpan<LinkRead> reads)
        {
            Pause();
            Crash();
            if (commit is not null && faults.Twice > 0 && ++_commits % faults.Twice == 0)
            {
                Interlocked.Increment(ref log.Repeated);
                session.Commit(commit);
            }

            session.Begin(commit, reads);
        }

        public CommitReply End(LogBatch target)
        {
            Pause();
            Crash();
            var reply = session.End(target);
            if (reply is CommitReply.Stale or CommitReply.Fenced) Interlocked.Increment(ref log.Refused);
            return reply;
        }

        public bool Wait(ReadOnlySpan<LinkRead> reads, TimeSpan timeout, LogBatch target) =>
            session.Wait(reads, timeout, target);

        public void Interrupt() => session.Interrupt();

        public void Advance(LogLink link, EntryId position) => session.Advance(link, position);

        public long Trim(string streamKey, EntryId keepFrom) => session.Trim(streamKey, keepFrom);

        public long TrimTail(string streamKey, long maxLength) => session.TrimTail(streamKey, maxLength);

        public void Dispose()
        {
            session.Dispose();
            _never.Dispose();
        }

        private void Pause()
        {
            if (random.NextDouble() >= faults.Pause) return;
            Interlocked.Increment(ref log.Pauses);
            _never.Wait(random.Next(100, 900));
        }

        private void Crash()
        {
            if (random.NextDouble() >= faults.Crash) return;
            Interlocked.Increment(ref log.Crashes);
            _life++;
            throw new CrashException();
        }
    }
}
