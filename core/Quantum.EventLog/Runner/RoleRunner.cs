namespace Quantum.EventLog.Runner;

/// <summary>Runs a pure role on one seat, exactly once.</summary>
public sealed class RoleRunner : SeatRunner
{
    /// <param name="log">The event log.</param>
    /// <param name="role">The role, not shared with another runner.</param>
    /// <param name="seat">Role name and shard.</param>
    /// <param name="settings">How to run.</param>
    /// <param name="owner">Who asks for the lease: new for each start of a process.</param>
    /// <param name="wants">Whether it is this replica's turn; null means always.</param>
    public RoleRunner(
        IEventLog log, Contracts.Flow.Role role, RoleSeat seat, RunnerSettings settings, string owner,
        Func<RoleSeat, bool>? wants = null)
        : base(log, seat, settings, owner, wants)
    {
        ArgumentNullException.ThrowIfNull(role);
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(settings);
        if (role.Name != seat.Role)
            throw new ArgumentException($"the seat {seat} is not of the role '{role.Name}'.", nameof(seat));
        Use(new RoleWork(role, seat, log.Keys, settings.Mode));
    }
}
