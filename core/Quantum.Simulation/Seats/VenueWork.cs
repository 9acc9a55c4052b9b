using Quantum.EventLog.Runner;
using Quantum.Simulation.Venue;

namespace Quantum.Simulation.Seats;

/// <summary>
/// The venue gateway's place at the log: a command is done when its lane has it, as in the executor's service.
/// </summary>
internal sealed class VenueWork(VenueLanes lanes) : SeatWork
{
    public override string Name => RoleNames.Venue;

    public override IReadOnlyList<EventStream> Streams { get; } = [StreamCatalog.OrderCommand];

    public override bool HasClock => false;

    public override void Handle(BatchContext context)
    {
        for (var i = 0; i < context.Count; i++)
        {
            var index = context.Order[i];
            if (!context.Admit(index)) continue;
            var fields = context.Batch.Fields(index);
            var entry = context.Batch[index];
            if (!StreamCatalog.OrderCommand.TryDecode(in fields, entry.Id, out _, out var command, out var fault))
            {
                context.Refuse(index, WireNames.Of(fault.Kind), fault.Text);
                continue;
            }

            lanes.Take(in command, entry.Id, entry.Deliveries);
            context.Done(index);
        }
    }

    public override void Clock(BatchContext context, long atMs) =>
        throw new InvalidOperationException("gateways have no clock.");

    /// <summary>The process is no more, and with it all that its lanes held.</summary>
    public void Die() => lanes.Die();
}
