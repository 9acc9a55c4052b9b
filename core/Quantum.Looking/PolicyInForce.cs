using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Wire;
using Quantum.Roles.Governance;

namespace Quantum.Looking;

/// <summary>The policy in force, as an operator asks about it.</summary>
public sealed record PolicyInForce(
    string RiskMode, bool KillSwitch, string Version, string UpdatedBy, string Reason, long AtMs,
    long? FlattenSinceMs, IReadOnlyDictionary<string, JsonNode?> Limits, TripInForce? Trip)
{
    private static readonly string[] s_limits =
    [
        "max_leverage", "max_gross_exposure_fraction", "max_symbol_exposure_fraction", "risk_per_trade_fraction",
        "daily_loss_limit_fraction", "max_positions", "min_confidence", "allowed_symbols",
    ];

    /// <summary>The kill switch in words.</summary>
    public string SwitchText => (KillSwitch, FlattenSinceMs) switch
    {
        (true, null) => "ON: no entries, exits only",
        (true, _) => "ON and flattening: no entries, every position is closed",
        _ => "off",
    };

    public bool AllowsEntries => !KillSwitch && RiskMode != "halt";

    public static string KeyOf(SystemRedis look) => look.Keys.KeysOf(StreamCatalog.PolicyUpdated)[0];

    /// <summary>Null when none was ever published.</summary>
    public static PolicyInForce? Of(SystemRedis look) => look.Last(KeyOf(look)) is not { } entry
        ? null
        : new PolicyInForce(
            entry["risk_mode"], entry["kill_switch"] == "true", entry["policy_version"], entry["updated_by"],
            entry["reason"] is { Length: > 0 } text ? text : entry["reason_code"], entry.AtMs,
            long.TryParse(entry["flatten_since_ms"], CultureInfo.InvariantCulture, out var sinceMs) ? sinceMs : null,
            s_limits.ToDictionary(name => name, name => ValueOf(entry[name])), TripInForce.Of(look));

    /// <summary>The same; throws when none was ever published.</summary>
    public static PolicyInForce Required(SystemRedis look)
    {
        look.RequireMark();
        return Of(look) ?? throw new LookException(
            "no policy was ever published here, so entries are blocked: is governance running? ./quantum audit tells.");
    }

    // Numbers and lists are JSON on the wire too; unknown is the empty text.
    private static JsonNode? ValueOf(string text) => text.Length == 0 ? null : JsonNode.Parse(text);
}

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
        if (!look.State(RoleNames.Governance).TryGetValue(GovernanceState.Key, out var state)) return null;
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
