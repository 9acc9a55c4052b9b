namespace Quantum.Simulation.Checks;

/// <summary>
/// No entry leaves for the venue behind the policy, or the operator's word, that stops entries.
/// </summary>
internal sealed class KillSwitch(SimulatedWorld world) : Checker(world, "entry_after_kill")
{
    public override void OnLeaving(in OrderCommand order)
    {
        if (order is { Action: OrderAction.Place, ReduceOnly: false } && World.Witness.IsStopped)
            Fail($"{order.Symbol}: the entry {order.ClientOrderId} leaves though entries are stopped");
    }
}
