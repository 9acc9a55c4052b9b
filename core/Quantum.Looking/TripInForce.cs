using Quantum.Roles.Governance;

namespace Quantum.Looking;

/// <summary>What made governance stricter than the operator wants it.</summary>
/// <param name="Mode">Defensive or halt.</param>
/// <param name="ReasonCode">For example <c>daily_drawdown</c>.</param>
/// <param name="Reason">In words.</param>
/// <param name="UntilMs">The earliest end, UTC epoch ms.</param>
/// <param name="NeedsReset">True when only a person lifts it.</param>
public sealed record TripInForce(string Mode, string ReasonCode, string Reason, long UntilMs, bool NeedsReset)
{
    /// <summary>When and how it ends, in words.</summary>
    public string End => NeedsReset
        ? "until a person lifts it: ./quantum policy reset --reason …"
        : $"until {TimeText.Time(UntilMs)} at the earliest and its cause is gone, "
            + "or ./quantum policy reset --reason …";

    /// <exception cref="JsonException">The saved text is no such state.</exception>
    public static TripInForce? Of(SystemRedis look)
    {
        ArgumentNullException.ThrowIfNull(look);
        var state = look.StateOf<GovernanceState>(RoleNames.Governance, GovernanceState.Key);
        return state?.Trip is { } trip
            ? new(WireNames.Of(trip.Mode), trip.ReasonCode, trip.Reason, state.TripUntilMs, trip.NeedsReset)
            : null;
    }
}
