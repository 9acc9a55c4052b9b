using Quantum.EventLog;
using Quantum.Roles.Venue;

namespace Quantum.Simulation.Checks;

/// <summary>
/// By the journals every entry of an ordered stream was handled by each of its readers, once, when its reader says that
/// it is behind it.
/// </summary>
internal sealed class HandledOnce(SimulatedWorld world) : Checker(world, "handled_once")
{
    private const int EverySteps = 30;

    private readonly Dictionary<string, long> _read = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Role, string Key), HashSet<EntryId>> _handled = [];
    private readonly Dictionary<(string Role, string Key), EntryId> _checked = [];

    public override void OnStep(SimVenueView venue)
    {
        if (World.Step % EverySteps != EverySteps - 1) return;
        foreach (var seat in World.AllSeats)
        {
            ReadJournal(seat.Role);
            foreach (var stream in seat.Streams)
                if (!stream.IsTail) Compare(seat.Role, stream);
        }
    }

    private void ReadJournal(string role)
    {
        var last = _read.GetValueOrDefault(role);
        var journal = World.Log.SeatOf(new RoleSeat(role, 0)).Journal;
        var first = journal.Count;
        while (first > 0 && journal[first - 1].Sequence > last) first--;
        for (var i = first; i < journal.Count; i++)
        {
            (_read[role], var text) = journal[i];
            string? of = null;
            HashSet<EntryId> handled = [];
            foreach (var (key, id) in JournalText.Read(text))
            {
                if (key is null) continue;
                // One after the other are mostly of one stream.
                if (!ReferenceEquals(of, key)) (of, handled) = (key, HandledBy(role, key));
                if (!handled.Add(id)) Fail($"{role} handled {key} {id} a second time");
            }
        }
    }

    private void Compare(string role, EventStream stream)
    {
        var at = _checked.GetValueOrDefault((role, stream.Key));
        var behind = World.Log.SeatOf(new RoleSeat(role, 0)).Cursors.GetValueOrDefault(stream.Key);
        var handled = HandledBy(role, stream.Key);
        foreach (var entry in World.Log.StreamOf(stream.Key).After(at, int.MaxValue))
        {
            if (entry.Id > behind) break;
            if (!handled.Contains(entry.Id)) Fail($"{role} is behind {stream} {entry.Id} and never handled it");
        }

        _checked[(role, stream.Key)] = behind;
    }

    private HashSet<EntryId> HandledBy(string role, string key)
    {
        if (!_handled.TryGetValue((role, key), out var ids)) _handled[(role, key)] = ids = [];
        return ids;
    }
}
