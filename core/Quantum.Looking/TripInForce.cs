using System.Text.Json;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Wire;
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

    public static TripInForce? Of(SystemRedis look)
    {
        if (look.StateField(RoleNames.Governance, GovernanceState.Key) is not { } state) return null;
        using var json = JsonDocument.Parse(state);
        if (!json.RootElement.TryGetProperty(Saved(nameof(GovernanceState.Trip)), out var trip)
            || trip.ValueKind != JsonValueKind.Object) return null;
        return new TripInForce(
            Text(nameof(Roles.Governance.Trip.Mode)), Text(nameof(Roles.Governance.Trip.ReasonCode)),
            Text(nameof(Roles.Governance.Trip.Reason)),
            json.RootElement.GetProperty(Saved(nameof(GovernanceState.TripUntilMs))).GetInt64(),
            trip.GetProperty(Saved(nameof(Roles.Governance.Trip.NeedsReset))).GetBoolean());

        string Text(string name) => trip.GetProperty(Saved(name)).GetString()!;
    }

    // Role and tool share the names of what is saved: a renamed member breaks the build.
    private static string Saved(string member) => WireNames.ToSnakeCase(member);
}
