using Quantum.EventLog;
using Quantum.Roles.Venue;
using Quantum.Simulation.Seats;

namespace Quantum.Simulation.Checks;

/// <summary>What a role holds in memory is what another one makes of its saved state.</summary>
internal sealed class RebuiltState(SimulatedWorld world) : Checker(world, "rebuilt_state")
{
    private const int EverySteps = 90;
    private readonly Dictionary<string, Role> _others = new(StringComparer.Ordinal);

    public override void OnStep(SimVenueView venue)
    {
        if (World.Step % EverySteps != EverySteps - 1) return;
        foreach (var seat in World.AllSeats)
            if (seat.HeldRole is { } role) Compare(seat, role);
    }

    private void Compare(SimulatedSeat seat, Role held)
    {
        if (!_others.TryGetValue(seat.Role, out var rebuilt))
            _others[seat.Role] = rebuilt = World.Spare[seat.Role]();
        // Drops what it held.
        rebuilt.State.Load(World.Log.SeatOf(new RoleSeat(seat.Role, 0)).State);
        var (theirs, ours) = (FieldsOf(held), FieldsOf(rebuilt));
        string[] others =
        [
            .. theirs.Keys.Where(
                field => !ours.TryGetValue(field, out var saved) || !saved.SequenceEqual(theirs[field])),
            .. ours.Keys.Where(field => !theirs.ContainsKey(field)),
        ];
        foreach (var field in others.Order(StringComparer.Ordinal))
            Fail($"{seat.Role}: {field} is {TextOf(theirs, field)} in memory, {TextOf(ours, field)} saved");
    }

    private static string TextOf(Dictionary<string, byte[]> fields, string field) =>
        fields.TryGetValue(field, out var value) ? Encoding.UTF8.GetString(value) : "nothing";

    private static Dictionary<string, byte[]> FieldsOf(Role role)
    {
        var fields = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        role.State.SaveAll((field, value) => fields[field] = value!);
        return fields;
    }
}
