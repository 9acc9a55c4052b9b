using Quantum.EventLog;

namespace Quantum.InProcess;

/// <summary>
/// The event log in this process: the same contract as the Redis one, for backtests, simulations and tests. Nothing
/// survives the process.
/// </summary>
public sealed class MemoryEventLog : IEventLog
{
    private readonly Dictionary<string, StoredStream> _streams = new(StringComparer.Ordinal);
    private readonly Dictionary<RoleSeat, StoredSeat> _seats = [];
    private readonly Dictionary<(string StreamKey, string DedupeId), (EntryId Id, long Hour)> _once = [];
    private readonly TimeProvider _time;
    private long _sweptHour;

    /// <param name="keys">Names and shards; one shard when null.</param>
    /// <param name="time">Where entry ids and leases take their time from; the system's clock when null.</param>
    public MemoryEventLog(LogKeys? keys = null, TimeProvider? time = null)
    {
        Keys = keys ?? new LogKeys();
        _time = time ?? TimeProvider.System;
    }

    public LogKeys Keys { get; }

    /// <summary>
    /// Asked before every call of a session: what is to go wrong with it. For fault simulations; called with the
    /// log's gate held, so it must be quick and must not call the log.
    /// </summary>
    public Func<RoleSeat, LogCall, LogFault>? Faults { get; set; }

    /// <summary>Guards everything in the log.</summary>
    internal object Gate { get; } = new();

    /// <summary>How often a stream or a group came or went: what was found before may be another one now.</summary>
    internal int Changes { get; set; }

    /// <summary>Sessions that wait for an entry.</summary>
    internal int Waiting { get; set; }

    /// <summary>Told of each entry right after it was appended, within the gate.</summary>
    internal Action<string, StoredEntry>? Appended { get; set; }

    internal long NowMs => _time is TapeTime tape ? tape.NowMs : _time.GetUtcNow().ToUnixTimeMilliseconds();

    public EntryId Append(string streamKey, FieldBuffer entry, long maxLength = 0)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (Gate)
        {
            var id = Append(streamKey, entry.Fields);
            if (maxLength > 0) _streams[streamKey].TrimTo(maxLength);
            return id;
        }
    }

    public EntryId AppendOnce(string streamKey, string dedupeId, FieldBuffer entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (Gate)
        {
            var hour = NowMs / 3_600_000;
            Sweep(hour);
            if (_once.TryGetValue((streamKey, dedupeId), out var known)) return known.Id;
            var id = Append(streamKey, entry.Fields);
            _once[(streamKey, dedupeId)] = (id, hour);
            return id;
        }
    }

    public ILogSession OpenSession(RoleSeat seat)
    {
        lock (Gate) return new MemoryLogSession(this, seat, SeatOf(seat));
    }

    public bool IsQuiet(IReadOnlyList<LogLink> links, out string? blocker)
    {
        ArgumentNullException.ThrowIfNull(links);
        lock (Gate)
        {
            foreach (var link in links)
            {
                if (IsQuiet(link)) continue;
                blocker = $"{link.StreamKey} {link.Group}";
                return false;
            }
        }

        blocker = null;
        return true;
    }

    /// <summary>
    /// Hands the entries of a stream over, oldest first, at most so many: how tests and reports look at a run.
    /// </summary>
    public IReadOnlyList<(EntryId Id, FieldBuffer Entry)> Entries(string streamKey, int count = int.MaxValue)
    {
        lock (Gate)
        {
            if (!_streams.TryGetValue(streamKey, out var stream)) return [];
            var entries = new List<(EntryId, FieldBuffer)>();
            foreach (var entry in stream.From(EntryId.Zero, count)) entries.Add((entry.Id, Copy(entry)));
            return entries;
        }
    }

    /// <summary>Entries kept now.</summary>
    public int Length(string streamKey)
    {
        lock (Gate) return _streams.TryGetValue(streamKey, out var stream) ? stream.Count : 0;
    }

    /// <summary>Why a seat's role did not act, and how often.</summary>
    public IReadOnlyList<ReasonCount> ReasonsOf(RoleSeat seat)
    {
        lock (Gate) return [.. SeatOf(seat).Reasons.Values];
    }

    /// <summary>Removes a stream with its groups, as an operator's DEL would.</summary>
    public void DeleteStream(string streamKey)
    {
        lock (Gate)
        {
            _streams.Remove(streamKey);
            Changes++;
        }
    }

    /// <summary>Removes a group, as an operator's XGROUP DESTROY would.</summary>
    public void DeleteGroup(string streamKey, string group)
    {
        lock (Gate)
        {
            Find(streamKey)?.Groups.Remove(group);
            Changes++;
        }
    }

    /// <summary>Sets a group's position, as an operator's XGROUP SETID would.</summary>
    public void SetGroup(string streamKey, string group, EntryId position)
    {
        lock (Gate)
            if (Find(streamKey)?.Groups.GetValueOrDefault(group) is { } stored) stored.Position = position;
    }

    /// <summary>Removes the oldest entries whether read or not, as a foreign XTRIM would.</summary>
    public void ForceTrim(string streamKey, long keep)
    {
        lock (Gate) Find(streamKey)?.TrimTo(keep);
    }

    /// <summary>Delivers entries to another consumer of a group, as a rogue reader's XREADGROUP would.</summary>
    public void ReadAsOther(string streamKey, string group, string consumer, int count)
    {
        lock (Gate)
        {
            var (stream, stored) = (_streams[streamKey], _streams[streamKey].Groups[group]);
            foreach (var entry in stream.After(stored.Position, count))
            {
                stored.Position = entry.Id;
                stored.Pending[entry.Id] = new StoredGroup.PendingEntry(consumer, 1);
            }
        }
    }

    /// <summary>Takes an entry off a group's pending ones, as anybody's XACK would.</summary>
    public void Acknowledge(string streamKey, string group, EntryId id)
    {
        lock (Gate) Find(streamKey)?.Groups.GetValueOrDefault(group)?.Pending.Remove(id);
    }

    public void Dispose()
    {
        lock (Gate) Monitor.PulseAll(Gate);
    }

    internal StoredStream? Find(string streamKey) => _streams.GetValueOrDefault(streamKey);

    internal StoredStream StreamOf(string streamKey)
    {
        if (_streams.TryGetValue(streamKey, out var stream)) return stream;
        Changes++;
        return _streams[streamKey] = new StoredStream();
    }

    internal StoredSeat SeatOf(RoleSeat seat)
    {
        if (_seats.TryGetValue(seat, out var stored)) return stored;
        return _seats[seat] = new StoredSeat();
    }

    internal EntryId Append(string streamKey, in EntryFields fields)
    {
        var entry = StreamOf(streamKey).Append(NowMs, in fields);
        Appended?.Invoke(streamKey, entry);
        if (Waiting > 0) Monitor.PulseAll(Gate);
        return entry.Id;
    }

    /// <summary>Appends for whoever runs over the log itself: nobody is told. Keeps so many at least.</summary>
    internal StoredEntry Write(string streamKey, FieldBuffer fields, int keep)
    {
        lock (Gate)
        {
            var stream = StreamOf(streamKey);
            var entry = stream.Append(NowMs, fields.Fields);
            if (stream.Count > 2L * keep) stream.TrimTo(keep);
            return entry;
        }
    }

    private bool IsQuiet(LogLink link)
    {
        if (Find(link.StreamKey) is not { } stream) return true;
        if (!stream.Groups.TryGetValue(link.Group, out var group)) return stream.LastId == EntryId.Zero;
        return group.Pending.Count == 0 && group.Position == stream.LastId;
    }

    // What was sent once is remembered for this hour and the one before, as the Redis log does.
    private void Sweep(long hour)
    {
        if (hour == _sweptHour) return;
        _sweptHour = hour;
        foreach (var old in _once.Where(known => known.Value.Hour < hour - 1).Select(known => known.Key).ToArray())
            _once.Remove(old);
    }

    private static FieldBuffer Copy(StoredEntry entry)
    {
        var copy = new FieldBuffer();
        var fields = entry.Fields;
        for (var i = 0; i < fields.Count; i++) copy.Add(fields.Name(i), fields.Value(i));
        return copy;
    }
}
