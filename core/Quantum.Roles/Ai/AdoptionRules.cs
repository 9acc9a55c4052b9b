using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.Roles.Ai;

/// <summary>
/// When a signal is adopted: its calibrated probability reaches the threshold, the move expected over the horizon
/// (ATR times the square root of its candles) pays the round trip, and it does not go against a regime that has a
/// direction. Every signal is published; this only tells which of them the AI stands for.
/// </summary>
internal static class AdoptionRules
{
    /// <summary>The reason why it is not adopted, or null when it is.</summary>
    public static string? Against(
        in SignalGenerated signal, Regime regime, int horizonCandles, AiEngineSettings settings)
    {
        if (signal.Confidence < settings.AdoptConfidence) return "below_threshold";
        if (signal.AtrValue!.Value * Math.Sqrt(horizonCandles) < settings.RoundTripCostFraction)
            return "move_below_cost";
        return (regime, signal.Side) switch
        {
            (Regime.Uncertain, _) => "regime_uncertain",
            (Regime.Bear, Side.Buy) or (Regime.Bull, Side.Sell) => "against_regime",
            _ => null,
        };
    }
}
