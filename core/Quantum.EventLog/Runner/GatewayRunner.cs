namespace Quantum.EventLog.Runner;

/// <summary>
/// Runs a gateway on one seat: the same lease, fetch and commit as a role, with calls to the outside world between.
/// </summary>
public sealed class GatewayRunner : SeatRunner
{
    /// <param name="log">The event log.</param>
    /// <param name="gateway">The gateway.</param>
    /// <param name="seat">Gateway name and shard.</param>
    /// <param name="settings">How to run.</param>
    /// <param name="owner">Who asks for the lease: new for each start of a process.</param>
    /// <param name="wants">Whether it is this replica's turn; null means always.</param>
    public GatewayRunner(
        IEventLog log, Gateway gateway, RoleSeat seat, RunnerSettings settings, string owner,
        Func<RoleSeat, bool>? wants = null)
        : base(log, seat, settings, owner, wants)
    {
        ArgumentNullException.ThrowIfNull(gateway);
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(settings);
        if (gateway.Name != seat.Role)
            throw new ArgumentException($"the seat {seat} is not of the gateway '{gateway.Name}'.", nameof(seat));
        Use(new GatewayWork(gateway, seat, log.Keys, settings.Mode));
    }
}
