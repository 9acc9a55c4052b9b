using System.Text.Json.Nodes;

namespace Quantum.Looking;

/// <summary>The policy in force, as an operator asks about it.</summary>
public sealed record PolicyInForce(
    string RiskMode, bool KillSwitch, string Version, string UpdatedBy, string Reason, long AtMs,
    long? FlattenSinceMs, IReadOnlyDictionary<string, JsonNode?> Limits, TripInForce? Trip)
{
    /// <summary>The limits of a policy, by their names on the wire.</summary>
    public static IReadOnlyList<string> LimitNames { get; } =
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
            ReasonOf(entry), entry.AtMs,
            long.TryParse(entry["flatten_since_ms"], CultureInfo.InvariantCulture, out var sinceMs) ? sinceMs : null,
            LimitNames.ToDictionary(name => name, name => ValueOf(entry[name])), TripInForce.Of(look));

    /// <summary>Why a policy was published, in its writer's words; its code where there are none.</summary>
    public static string ReasonOf(StreamEntry policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy["reason"] is { Length: > 0 } text ? text : policy["reason_code"];
    }

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
