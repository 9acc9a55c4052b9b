using System.Buffers.Text;
using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog.Tracing;

namespace Quantum.EventLog.Runner;

/// <summary>
/// One batch between fetch and commit: its entries in order, and the commit that grows while they are handled.
/// </summary>
internal sealed class BatchContext(RunnerSettings settings, SeatWork work, RoleSeat seat, LogKeys keys)
{
    private const long ClockStepMs = 1000;
    private readonly FailureLog _failures = new();
    private readonly JournalText _journal = new();
    private readonly HashSet<ConflationKey> _seen = [];
    private EntryId[] _sortKeys = new EntryId[128];
    private bool[] _passed = new bool[128];

    public RunnerSettings Settings { get; } = settings;
    public RoleSeat Seat { get; } = seat;
    public LogKeys Keys { get; } = keys;
    public FailureLog Failures => _failures;
    public LogBatch Batch { get; private set; } = new();
    public CommitBatch Commit { get; private set; } = new();

    /// <summary>Where the batch after this one is read to.</summary>
    public LogBatch NextBatch { get; private set; } = new();

    /// <summary>The commit that is under way while this batch is handled.</summary>
    public CommitBatch PriorCommit { get; private set; } = new();

    /// <summary>The reads that filled the batch.</summary>
    public LinkRead[] Reads { get; set; } = [];

    /// <summary>Indexes of the batch's entries in the order of handling.</summary>
    public int[] Order { get; private set; } = new int[128];

    public int Count { get; private set; }

    /// <summary>The role's clock, UTC epoch ms; 0 before the first reading.</summary>
    public long ClockMs { get; set; }

    /// <summary>Inputs handled in this batch, clock readings included.</summary>
    public int Inputs { get; private set; }

    /// <summary>True when something was left pending on purpose: pending entries come first then.</summary>
    public bool LeftPending { get; set; }

    /// <summary>Prolongs the lease while a gateway waits; false when it is lost.</summary>
    public Func<bool> Renew { get; set; } = static () => true;

    /// <summary>Ends gateways' calls when the drain time is over.</summary>
    public CancellationToken Cancel { get; set; }

    public LogLink LinkOf(int index) => Reads[Batch[index].Read].Link;

    /// <summary>Goes on to the next batch while this one's commit is under way.</summary>
    public void Swap()
    {
        (Batch, NextBatch) = (NextBatch, Batch);
        (Commit, PriorCommit) = (PriorCommit, Commit);
    }

    public void Begin(long sequence)
    {
        Commit.Clear();
        Commit.ExpectedSequence = sequence;
        _journal.Clear();
        (Inputs, LeftPending) = (0, false);
        Sort();
        if (!Settings.IsTape) Conflate();
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
        var read = Reads[entry.Read];
        // A group that somebody set back delivers again what was applied: the cursor knows.
        if (_passed[index] || (read.Link.Kind == LinkKind.Group && !read.Pending && entry.Id <= read.After))
        {
            Note(index);
            return false;
        }

        if (entry.IsMissing)
        {
            LogMeter.Lost.Add(1, LogMeter.Tag(SpanTags.Destination, LinkOf(index).Stream.Name));
            return Refuse(index, DeadLetters.Missing,
                "the entry was trimmed or deleted before it was handled: its content is lost.");
        }

        if (_failures.Find(LinkOf(index), entry.Id) is { } failure
            && Math.Max(entry.Deliveries - 1, failure.Times) >= Settings.PoisonDeliveries)
            return Refuse(index, DeadLetters.Poison, failure.Text);
        if (entry.Deliveries > Settings.CrashDeliveries)
            return Refuse(index, DeadLetters.CrashLoop,
                "delivered again and again without a recorded failure: it ends its process.");
        var fields = Batch.Fields(index);
        if (MixedMode(in fields) is not { } mixed) return true;
        return Refuse(index, WireNames.Of(DecodeFaultKind.MixedMode), mixed);
    }

    /// <summary>Notes that the entry was handled.</summary>
    public void Done(int index)
    {
        Note(index);
        _journal.Add(LinkOf(index).StreamKey, Batch[index].Id);
        Inputs++;
    }

    /// <summary>Sends the entry to the dead letters in this commit; gives false, for <see cref="Admit"/>.</summary>
    public bool Refuse(int index, string reason, string text)
    {
        var link = LinkOf(index);
        var entry = Batch[index];
        var fields = Batch.Fields(index);
        DeadLetters.Write(
            Commit.AddOutput(Keys.DeadLetters(link.Stream, Seat.Shard)), link, entry, in fields, reason, text,
            Seat.Role, NowMs());
        InputTrace.Refused(in fields, link, entry.Id, Seat.Role, reason, Commit.Spans);
        Note(index);
        return false;
    }

    /// <summary>Tape runs: feeds the clock when the entry's time passes a step.</summary>
    public void FeedTapeClock(int index)
    {
        if (!Settings.IsTape || !work.HasClock) return;
        if (!Batch.Fields(index).TryGet("ts"u8, LinkOf(index).Stream.IsTail ? 0 : 1, out var text)
            || !Utf8Parser.TryParse(text, out long atMs, out _)) return;
        var step = atMs - atMs % ClockStepMs;
        if (step <= ClockMs) return;
        if (ClockMs != 0) FeedClock(step);
        else Commit.ClockMs = step;
        ClockMs = step;
    }

    /// <summary>Real time: feeds the clock when a second began since the last reading.</summary>
    public void FeedRealClock()
    {
        if (!RealClockIsDue()) return;
        var now = NowMs();
        ClockMs = now - now % ClockStepMs;
        FeedClock(ClockMs);
    }

    public bool RealClockIsDue() => !Settings.IsTape && work.HasClock && NowMs() - ClockMs >= ClockStepMs;

    public long NowMs() =>
        Settings.IsTape && ClockMs > 0 ? ClockMs : Settings.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private void FeedClock(long atMs)
    {
        // A clock reading that always fails must not stop the role: it is passed over, the next one tried anew.
        if (_failures.Find(null, new EntryId(atMs, 0)) is { } failure && failure.Times >= Settings.PoisonDeliveries)
        {
            Commit.ClockMs = atMs;
            Commit.Reasons.Add(new ReasonCount("clock", DeadLetters.Poison, null, atMs, 1));
            return;
        }

        work.Clock(this, atMs);
        Commit.ClockMs = atMs;
        _journal.AddClock(atMs);
        Inputs++;
    }

    private void Note(int index)
    {
        var link = LinkOf(index);
        var part = Commit.For(link);
        var id = Batch[index].Id;
        if (id > part.Cursor) part.Cursor = id;
        if (link.Kind == LinkKind.Group) part.Acks.Add(id);
    }

    private string? MixedMode(in EntryFields fields)
    {
        if (!fields.TryGet("mode"u8, 3, out var text)
            || !EnumText<TradingMode>.TryParse(text, out var mode))
            return null;
        return mode == Settings.Mode
            ? null
            : $"the event is of mode '{Encoding.UTF8.GetString(text)}', this run of mode "
                + $"'{WireNames.Of(Settings.Mode)}': "
              + "give each mode its own Redis database.";
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

    /// <summary>
    /// Tail streams under back-pressure: of each symbol (and venue) only the newest of the batch is handled.
    /// </summary>
    private void Conflate()
    {
        for (var read = 0; read < Reads.Length; read++)
        {
            if (!Reads[read].Link.Stream.IsTail) continue;
            var entries = 0;
            for (var i = 0; i < Count; i++)
                if (Batch[i].Read == read) entries++;
            if (entries < Reads[read].Count) continue;
            _seen.Clear();
            for (var i = Count - 1; i >= 0; i--)
                if (Batch[i].Read == read && !_seen.Add(ConflationKey.Of(Batch.Fields(i)))) _passed[i] = true;
            LogMeter.Conflated.Add(
                entries - _seen.Count, LogMeter.Tag(SpanTags.Destination, Reads[read].Link.Stream.Name));
        }
    }

    private sealed class EntryOrder : IComparer<EntryId>
    {
        public static readonly EntryOrder Instance = new();

        public int Compare(EntryId x, EntryId y) => x.CompareTo(y);
    }

    private readonly record struct ConflationKey(string Symbol, string Exchange)
    {
        public static ConflationKey Of(EntryFields fields)
        {
            fields.TryGet("symbol"u8, EnvelopeCodec.TailFieldCount, out var symbol);
            fields.TryGet("exchange"u8, EnvelopeCodec.TailFieldCount, out var exchange);
            return new(Utf8Interner.Shared.Intern(symbol), Utf8Interner.Shared.Intern(exchange));
        }
    }
}
