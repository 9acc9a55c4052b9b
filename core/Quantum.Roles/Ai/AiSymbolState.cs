using Quantum.Roles.Ai.Features;

namespace Quantum.Roles.Ai;

/// <summary>What the AI remembers of one symbol's candles.</summary>
internal sealed class AiSymbolState
{
    /// <summary>The candle of the decision interval that is built up.</summary>
    public DecisionCandle Building { get; init; } = new();

    /// <summary>End of the newest candle that was decided on, UTC epoch ms; 0 before the first.</summary>
    public long DecidedMs { get; set; }

    public FeatureWindow Window { get; init; } = new();

    public DayRange Day { get; init; } = new();

    /// <summary>Why there is no signal, as a code; empty while signals flow, null before the first candle.</summary>
    public string? Status { get; set; }

    /// <summary>Candles since the status was last told, from 0.</summary>
    public int CandlesSinceTold { get; set; }
}
