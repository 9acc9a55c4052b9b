using Quantum.Contracts.Events;

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

    /// <summary>Expected result after costs, less the margin, R; null unknown.</summary>
    public static double? WorthR(in SignalGenerated signal, WorthSettings settings) =>
        signal.ExpectedR - settings.MarginErrors * signal.ExpectedRError;

    /// <summary>The reason why it is not worth it, or null when it is.</summary>
    public static string? Against(in SignalGenerated signal, WorthSettings settings)
    {
        if (signal is not { StopFraction: { } stop, RoundTripCostFraction: { } cost }
            || WorthR(in signal, settings) is not { } worth || !double.IsFinite(worth)) return Unknown;
        if (cost > settings.MostCostShare * stop) return CostAboveShare;
        if (!signal.ModelInForce) return NotInForce;
        return worth > 0 ? null : BelowMargin;
    }

    /// <summary>True for a sound plan while there is no model to trade by: it may be explored.</summary>
    public static bool MayBeExplored(string reason) => reason == NotInForce;
}
