using Quantum.EventLog.Runner;

namespace Quantum.Executor.Venue;

/// <summary>
/// Takes the executor's commands to the venue. It answers by events of its own, as the venue does: a command is done
/// when its lane has it, and one that is lost with the process is asked for by the executor.
/// </summary>
public sealed class VenueGateway : Gateway
{
    private readonly Lazy<OrderLanes> _lanes;

    internal VenueGateway(Func<OrderLanes> lanes)
    {
        _lanes = new Lazy<OrderLanes>(lanes);
        On(StreamCatalog.OrderCommand, OnCommandAsync);
    }

    public override string Name => RoleNames.Venue;

    private ValueTask OnCommandAsync(
        OrderCommand command, GatewayInput input, Outbox outbox, CancellationToken cancel)
    {
        _lanes.Value.Take(in command, input);
        return ValueTask.CompletedTask;
    }
}
