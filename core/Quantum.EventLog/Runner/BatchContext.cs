using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog.Tracing;

namespace Quantum.EventLog.Runner;

/// <summary>
/// One batch between fetch and commit: its entries in order, and the commit that grows while they are handled.
/// </summary>
internal sealed class BatchContext
{
    private readonly SeatWork _work;
    private readonly Admission _admission;
    private readonly Conflation _conflation = new();
    private readonly JournalText _journal = new();
    private EntryId[] _sortKeys = new EntryId[128];
    private bool[] _passed = new bool[128];
    private Turn _turn;

    public BatchContext(RunnerSettings settings, SeatWork work, RoleSeat seat, LogKeys keys)
    {
        (Settings, _work, Seat, Keys) = (settings, work, seat, keys);
        Failures = new FailureLog(
            (input, cause) => settings.OnFailure($"{seat} failed on {input}, which is handled again", cause));
        _admission = new Admission(settings, Failures);
        Clock = new ClockFeed(work.HasClock);
        _turn = new Turn(0);
    }

    public RunnerSettings Settings { get; }
    public RoleSeat Seat { get; }
    public LogKeys Keys { get; }
    public FailureLog Failures { get; }
    public ClockFeed Clock { get; }
    public LogBatch Batch => _turn.Batch;
    public CommitBatch Commit => _turn.Commit;

    /// <summary>Indexes of the batch's entries in the order of handling.</summary>
    public int[] Order { get; private set; } = new int[128];

    public int Count { get; private set; }

    /// <summary>Inputs handled in this batch, clock readings included.</summary>
    public int Inputs { get; private set; }

    /// <summary>Prolongs the lease while a gateway waits; false when it is lost.</summary>
    public Func<bool> Renew { get; set; } = static () => true;

    /// <summary>Whether an entry of which the cursor cannot tell was handled, by the journal.</summary>
    public Func<LogLink, EntryId, bool> WasHandled { get; set; } = static (_, _) => false;

    /// <summary>Ends gateways' calls when the drain time is over.</summary>
    public CancellationToken Cancel { get; set; }

    public LogLink LinkOf(int index) => _turn.LinkOf(index);

    public void Begin(Turn turn, long sequence)
    {
        _turn = turn;
        Commit.Clear();
        Commit.ExpectedSequence = sequence;
        _journal.Clear();
        Inputs = 0;
        Sort();
        if (!Settings.IsTape) _conflation.Mark(turn, _passed);
    }

    public void End()
    {
        Commit.Journal = _journal.IsEmpty ? "" : _journal.ToString();
        Commit.Inputs = Inputs;
    }

    /// <summary>
    /// False when the entry is not to be handled: conflated, applied before, or a dead letter, all of which this
    /// notes.
    /// </summary>
    public bool Admit(int index)
    {
        var entry = Batch[index];
        var read = _turn.Reads[entry.Read];
        if (_passed[index] || (read.Link.Kind == LinkKind.Group && WasApplied(read, entry.Id)))
        {
            Note(index);
            return false;
        }

        var fields = Batch.Fields(index);
        if (_admission.Against(read.Link, entry, in fields) is not var (reason, text)) return true;
        Refuse(index, reason, text);
        return false;
    }

    // A group that somebody set back delivers again what was applied: the cursor knows. What whoever read it left
    // pending, because it died, may rightly be older than the cursor, as is what another consumer had taken away: of
    // that the journal knows, as it does of what was pending beyond the cursor and comes again as new.
    private bool WasApplied(in LinkRead read, EntryId id) =>
        (!read.Pending && id <= read.After) || (_turn.AsksJournal && WasHandled(read.Link, id));

    /// <summary>Notes that the entry was handled.</summary>
    public void Done(int index)
    {
        Note(index);
        _journal.Add(LinkOf(index).StreamKey, Batch[index].Id);
        Inputs++;
    }

    /// <summary>Leaves the entry pending: it comes first next time.</summary>
    public void Leave() => _turn.LeftPending = true;

    /// <summary>Sends the entry to the dead letters in this commit.</summary>
    public void Refuse(int index, string reason, string text)
    {
        var link = LinkOf(index);
        var entry = Batch[index];
        var fields = Batch.Fields(index);
        DeadLetters.Write(
            Commit.AddOutput(Keys.DeadLetters(link.Stream, Seat.Shard)), link, entry, in fields, reason, text,
            Seat.Role, NowMs());
        InputTrace.Refused(in fields, link, entry.Id, Seat.Role, reason, Commit.Spans);
        Note(index);
    }

    /// <summary>Tape runs: feeds the clock when the entry's time passes a step.</summary>
    public void FeedTapeClock(int index)
    {
        if (!Settings.IsTape) return;
        var fields = Batch.Fields(index);
        if (!ClockFeed.TryTimeOf(in fields, LinkOf(index).Stream.IsTail, out var atMs)) return;
        if (!Clock.Pass(atMs, out var strikes)) return;
        Commit.ClockMs = Clock.AtMs;
        if (strikes) Strike(Clock.AtMs);
    }

    /// <summary>Real time: feeds the clock when a second began since the last reading, or it was set back.</summary>
    public void FeedRealClock()
    {
        if (!RealClockIsDue()) return;
        var now = NowMs();
        Commit.ClockMs = Clock.AtMs = now - now % ClockFeed.StepMs;
        Strike(Clock.AtMs);
    }

    public bool RealClockIsDue() => !Settings.IsTape && Clock.IsDueInRealTime(NowMs());

    public long NowMs() =>
        Settings.IsTape && Clock.AtMs > 0 ? Clock.AtMs : Settings.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private void Strike(long atMs)
    {
        // A clock reading that always fails must not stop the role: it is passed over, the next one tried anew.
        if (Failures.Find(null, new EntryId(atMs, 0)) is { } failure && failure.Times >= Settings.PoisonDeliveries)
        {
            Commit.Reasons.Add(new ReasonCount("clock", DeadLetters.Poison, null, atMs, 1));
            return;
        }

        _work.Clock(this, atMs);
        _journal.AddClock(atMs);
        Inputs++;
    }

    private void Note(int index)
    {
        var link = LinkOf(index);
        var part = Commit.For(link);
        var id = Batch[index].Id;
        if (id > part.Cursor) part.Cursor = id;
        if (link.Kind == LinkKind.Group && !_turn.IsRound) part.Acks.Add(id);
    }

    private void Sort()
    {
        Count = Batch.Count;
        if (Order.Length < Count)
        {
            Order = new int[Count * 2];
            _sortKeys = new EntryId[Count * 2];
            _passed = new bool[Count * 2];
        }

        Array.Clear(_passed, 0, Count);
        var sorted = true;
        for (var i = 0; i < Count; i++)
        {
            Order[i] = i;
            _sortKeys[i] = Batch[i].Id;
            sorted &= i == 0 || Batch[i - 1].Id <= Batch[i].Id;
        }

        // Equal ids of two streams keep the order of the subscriptions: the sort compares the index then.
        if (!sorted) Array.Sort(_sortKeys, Order, 0, Count, EntryOrder.Instance);
    }

    private sealed class EntryOrder : IComparer<EntryId>
    {
        public static readonly EntryOrder Instance = new();

        public int Compare(EntryId x, EntryId y) => x.CompareTo(y);
    }
}
