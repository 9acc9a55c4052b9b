using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog;
using Quantum.Market;

namespace Quantum.Feeds.Tests;

/// <summary>
/// Streams in memory with readers that are quiet when told, and faults on demand; also keeps what the publisher keeps.
/// </summary>
internal sealed class FakeMarketLog : IEventLog, IFeedStore
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _once = [];
    private FeedPosition? _position;
    private FeedPause? _pause;

    public LogKeys Keys { get; } = new();

    /// <summary>What was appended: stream key and the fields as text.</summary>
    public List<(string Key, string Entry)> Entries { get; } = [];

    public FeedAnchor? Anchor { get; set; }
    public FeedSummary? Done { get; private set; }
    public int QuietCalls;

    /// <summary>Entries that were there when the barrier last let pass.</summary>
    public int Settled { get; private set; }

    /// <summary>What holds the tape up, or null.</summary>
    public Func<string?> Blocker { get; set; } = () => null;

    /// <summary>Called with the number of the append, from 1: true appends and loses the reply.</summary>
    public Func<int, bool> LosesReply { get; set; } = _ => false;

    /// <summary>Called with the number of the append, from 1: true does not append.</summary>
    public Func<int, bool> IsAway { get; set; } = _ => false;

    /// <summary>Called before each append: a test may hold it here.</summary>
    public Action BeforeAppend { get; set; } = () => { };

    public Func<string, bool> HasGroups { get; set; } = _ => true;

    public int Calls;

    public int Count(string stream) => Of(stream).Count;

    public List<string> Of(string stream)
    {
        lock (_lock)
            return [.. Entries.Where(entry => entry.Key == "quantum:stream:" + stream).Select(entry => entry.Entry)];
    }

    public EntryId Append(string streamKey, FieldBuffer entry, long maxLength = 0) => Append(streamKey, null, entry);

    /// <summary>How often many were appended in one go.</summary>
    public int Rounds { get; private set; }

    public void AppendAll(IReadOnlyList<NewEntry> entries)
    {
        Rounds++;
        foreach (var entry in entries) Append(entry.StreamKey, entry.OnceId, entry.Fields);
    }

    public EntryId AppendOnce(string streamKey, string dedupeId, FieldBuffer entry) =>
        Append(streamKey, dedupeId, entry);

    public ILogSession OpenSession(RoleSeat seat) => throw new NotSupportedException();

    public bool IsQuiet(IReadOnlyList<LogLink> links, out string? blocker)
    {
        Interlocked.Increment(ref QuietCalls);
        blocker = Blocker();
        if (blocker is null) Settled = Entries.Count;
        return blocker is null;
    }

    public FeedPosition? ReadPosition() => _position;

    /// <summary>Told each position.</summary>
    public Action<FeedPosition> Positioned { get; set; } = _ => { };

    public void WritePosition(FeedPosition position)
    {
        Positioned(position);
        _position = position;
    }

    public FeedAnchor? ReadAnchor() => Anchor;

    public void WriteAnchor(FeedAnchor anchor) => Anchor = anchor;

    public FeedPause? ReadPause() => Volatile.Read(ref _pause);

    public void WritePause(FeedPause? pause) => Volatile.Write(ref _pause, pause);

    /// <summary>Symbols that ended before the tape, as told at its end.</summary>
    public IReadOnlyDictionary<string, long> EndedAtMs { get; private set; } = new Dictionary<string, long>();

    public void WriteDone(FeedSummary summary, IReadOnlyDictionary<string, long> endedAtMs) =>
        (Done, EndedAtMs) = (summary, endedAtMs);

    /// <summary>What was told to the user, in order, the same words once.</summary>
    public List<string> Alarms { get; } = [];

    public Dictionary<string, decimal> Held { get; } = [];

    public void WriteAlarm(string alarm)
    {
        if (!Alarms.Contains(alarm)) Alarms.Add(alarm);
    }

    public IReadOnlyDictionary<string, decimal> HeldQuantities() => Held;

    /// <summary>Symbols of the orders so far, oldest first.</summary>
    public List<string> Orders { get; } = [];

    public IReadOnlyCollection<string> NewestSymbols(string streamKey, long most) =>
        [.. Orders.TakeLast((int)most).Distinct()];

    public long EntriesAdded(string streamKey)
    {
        var orders = streamKey == Contracts.Catalog.StreamCatalog.OrderCommand.Key ? Orders.Count : 0;
        lock (_lock) return orders + Entries.Count(entry => entry.Key == streamKey);
    }

    /// <summary>What was told as dropped, by symbol.</summary>
    public Dictionary<string, long> Dropped { get; } = [];

    public void CountDropped(Symbol symbol, long count, long atMs)
    {
        lock (_lock) Dropped[symbol.Name] = Dropped.GetValueOrDefault(symbol.Name) + count;
    }

    public IReadOnlySet<string> GroupsOf(string streamKey) => HasGroups(streamKey)
        ? Contracts.Catalog.StreamCatalog.All.SelectMany(stream => stream.Consumers).Select(
            consumer => consumer.Group).ToHashSet()
        : new HashSet<string>();

    public void Dispose()
    {
    }

    private EntryId Append(string streamKey, string? dedupeId, FieldBuffer entry)
    {
        BeforeAppend();
        lock (_lock)
        {
            var call = ++Calls;
            if (IsAway(call)) throw new LogUnavailableException("away");
            if (dedupeId is null || _once.Add(streamKey + dedupeId)) Entries.Add((streamKey, TextOf(entry)));
            if (LosesReply(call)) throw new LogUnavailableException("reply lost");
            return new EntryId(Entries.Count, 0);
        }
    }

    private static string TextOf(FieldBuffer entry)
    {
        var text = new List<string>();
        for (var i = 0; i < entry.Fields.Count; i++)
        {
            text.Add(System.Text.Encoding.UTF8.GetString(entry.Fields.Name(i)) + "="
                + System.Text.Encoding.UTF8.GetString(entry.Fields.Value(i)));
        }

        return string.Join(' ', text);
    }
}
