using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.Simulation.Checks;

/// <summary>No entry leaves for the venue once the newest policy stops entries.</summary>
internal sealed class KillSwitch(SimulatedWorld world) : Checker(world, "entry_after_kill")
{
    private long _stoppedAtMs;

    public override void OnPolicy(in PolicyUpdated policy, in SeenEntry entry) => _stoppedAtMs = World.NowMs;

    public override void OnLeaving(in OrderCommand order)
    {
        if (order is { Action: OrderAction.Place, ReduceOnly: false } && World.Witness.IsStopped)
            Fail($"{order.Symbol}: the entry {order.ClientOrderId} leaves {World.NowMs - _stoppedAtMs} ms after the "
                + "policy that stops entries");
    }
}
