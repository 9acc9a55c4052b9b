using Quantum.Roles.Gates;

namespace Quantum.Roles.Ai.Plans;

/// <summary>
/// Whether a signal's trade is worth its cost: the expected result after all costs, less the margin, is above zero,
/// from a model that is in force, in a plan whose cost is small beside its risk. The AI and the bot ask the same rule.
/// </summary>
internal static class TradeWorth
{
    /// <summary>The signal does not say what it expects.</summary>
    public const string Unknown = "result_unknown";

    /// <summary>The round trip costs more than its share of the risk.</summary>
    public const string CostAboveShare = "cost_above_risk_share";

    /// <summary>The model has not beaten the base rate.</summary>
    public const string NotInForce = "model_not_in_force";

    /// <summary>What is expected after costs, less the margin, is not above zero.</summary>
    public const string BelowMargin = "result_below_margin";

    private delegate GateReading Reads(in SignalGenerated signal, WorthSettings settings);

    private static readonly (string Reason, Reads Reads)[] s_gates =
    [
        (Unknown, (in SignalGenerated signal, WorthSettings settings) => GateReading.Known(
            signal is { StopFraction: not null, RoundTripCostFraction: not null }
            && WorthR(in signal, settings) is { } worth && double.IsFinite(worth))),
        (CostAboveShare, (in SignalGenerated signal, WorthSettings settings) => GateReading.AtMost(
            signal.RoundTripCostFraction, settings.MostCostShare * signal.StopFraction, "of the price")),
        (NotInForce, (in SignalGenerated signal, WorthSettings _) => GateReading.Is(
            signal.ModelInForce ? "in force" : "not in force", "in force")),
        (BelowMargin, (in SignalGenerated signal, WorthSettings settings) => GateReading.Above(
            WorthR(in signal, settings), 0.0, "R less its error")),
    ];

    /// <summary>Expected result after costs, less the margin, R; null unknown.</summary>
    public static double? WorthR(in SignalGenerated signal, WorthSettings settings) =>
        signal.ExpectedR - settings.MarginErrors * signal.ExpectedRError;

    /// <summary>The reason why it is not worth it, or null when it is.</summary>
    public static string? Against(in SignalGenerated signal, WorthSettings settings) =>
        Against(in signal, settings, out _);

    /// <summary>The same, with what was found and asked for; of a trade that is worth it, the last gate's.</summary>
    public static string? Against(in SignalGenerated signal, WorthSettings settings, out GateReading reading)
    {
        reading = default;
        foreach (var (reason, reads) in s_gates)
        {
            reading = reads(in signal, settings);
            if (!reading.IsOpen) return reason;
        }

        return null;
    }

    /// <summary>The gates that are open, in order, up to the first that is not.</summary>
    public static IEnumerable<PassedGate> Passed(SignalGenerated signal, WorthSettings settings)
    {
        foreach (var (reason, reads) in s_gates)
        {
            var reading = reads(in signal, settings);
            if (!reading.IsOpen) yield break;
            yield return reading.Passed(reason);
        }
    }

    /// <summary>True for a sound plan while there is no model to trade by: it may be explored.</summary>
    public static bool MayBeExplored(string reason) => reason == NotInForce;
}
