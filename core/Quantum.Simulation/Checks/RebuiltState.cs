using System.Text;
using Quantum.Contracts.Flow;
using Quantum.EventLog;
using Quantum.Roles.Venue;
using Quantum.Simulation.Seats;

namespace Quantum.Simulation.Checks;

/// <summary>What a role holds in memory is what another one makes of its saved state.</summary>
internal sealed class RebuiltState(SimulatedWorld world) : Checker(world, "rebuilt_state")
{
    private const int EverySteps = 90;

    public override void OnStep(SimVenueView venue)
    {
        if (World.Step % EverySteps != EverySteps - 1) return;
        foreach (var seat in World.AllSeats)
            if (seat.HeldRole is { } role) Compare(seat, role);
    }

    private void Compare(SimulatedSeat seat, Role held)
    {
        var rebuilt = World.Spare[seat.Role]();
        rebuilt.State.Load(World.Log.SeatOf(new RoleSeat(seat.Role, 0)).State);
        var (theirs, ours) = (FieldsOf(held), FieldsOf(rebuilt));
        foreach (var field in theirs.Keys.Union(ours.Keys))
        {
            var (memory, saved) = (theirs.GetValueOrDefault(field), ours.GetValueOrDefault(field));
            if (memory != saved)
                Fail($"{seat.Role}: {field} is {memory ?? "nothing"} in memory, {saved ?? "nothing"} saved");
        }
    }

    private static SortedDictionary<string, string> FieldsOf(Role role)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        role.State.SaveAll((field, value) => fields[field] = Encoding.UTF8.GetString(value!));
        return fields;
    }
}
