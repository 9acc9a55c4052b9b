using System.Text;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog.Tests.Harness;
using Quantum.InProcess;
using Quantum.Testing;

namespace Quantum.EventLog.Tests.Conformance;

/// <summary>The memory log under the suite.</summary>
public sealed class MemoryConformanceLog : IConformanceLog
{
    private readonly ShiftedTime _time = new();
    private readonly MemoryEventLog _log;

    public MemoryConformanceLog() => _log = new MemoryEventLog(time: _time);

    public IEventLog Log => _log;

    public void DeleteStream(string streamKey) => _log.DeleteStream(streamKey);

    public void DeleteGroup(string streamKey, string group) => _log.DeleteGroup(streamKey, group);

    public void ForceTrim(string streamKey, long keep) => _log.ForceTrim(streamKey, keep);

    public void ReadAsOther(string streamKey, string group, string consumer, int count) =>
        _log.ReadAsOther(streamKey, group, consumer, count);

    public void Acknowledge(string streamKey, string group, EntryId id) => _log.Acknowledge(streamKey, group, id);

    public void SetGroup(string streamKey, string group, EntryId position) =>
        _log.SetGroup(streamKey, group, position);

    public (EntryId Id, long Epoch) WithClockAhead(TimeSpan ahead, RoleSeat seat, string streamKey, FieldBuffer entry)
    {
        _time.Shift = ahead;
        using var session = _log.OpenSession(seat);
        var lease = session.Acquire("before", TimeSpan.FromSeconds(10));
        var id = _log.Append(streamKey, entry);
        session.Release();
        _time.Shift = TimeSpan.Zero;
        return (id, lease.Epoch);
    }

    public void Expire(RoleSeat seat) => _time.Shift += TimeSpan.FromHours(1);

    public int Length(string streamKey) => _log.Length(streamKey);

    public IReadOnlyList<(long Sequence, string Text)> Journal(RoleSeat seat) => [.. _log.SeatOf(seat).Journal];

    public IReadOnlyList<(EntryId Id, IReadOnlyList<(string Name, string Value)> Fields)> Entries(string streamKey) =>
        [.. _log.Entries(streamKey).Select(entry => (entry.Id, TextsOf(entry.Entry.Fields)))];

    public void Dispose() => _log.Dispose();

    private static List<(string Name, string Value)> TextsOf(EntryFields fields)
    {
        var texts = new List<(string, string)>();
        for (var i = 0; i < fields.Count; i++)
            texts.Add((Encoding.UTF8.GetString(fields.Name(i)), Encoding.UTF8.GetString(fields.Value(i))));
        return texts;
    }
}
