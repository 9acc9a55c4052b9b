using Quantum.Contracts.Units;
using Quantum.Roles.Ai.Features;
using Quantum.Roles.Ai.Model;

namespace Quantum.Roles.Ai;

/// <summary>What the AI remembers of one symbol's candles.</summary>
public sealed class AiSymbolState
{
    public FeatureWindow Window { get; init; } = new();

    public DayRange Day { get; init; } = new();

    /// <summary>Why there is no signal, as a code; empty while signals flow, null before the first candle.</summary>
    public string? Status { get; set; }

    /// <summary>Candles since the status was last told, from 0.</summary>
    public int CandlesSinceTold { get; set; }
}

/// <summary>The regime of one symbol, or of the market.</summary>
public sealed class KnownRegime
{
    public Regime Regime { get; set; } = Regime.Unknown;
}

/// <summary>The model in force, and the one before it until every symbol has passed the change.</summary>
public sealed class ModelSeat
{
    public DirectionModel? Current { get; set; }

    /// <summary>Candles that end from here on are judged by the current model, UTC epoch ms.</summary>
    public long CurrentFromMs { get; set; }

    public DirectionModel? Previous { get; set; }

    /// <summary>The newest version refused because its features are not ours; null when none was.</summary>
    public string? RefusedVersion { get; set; }

    public DirectionModel? For(long candleCloseMs) => candleCloseMs >= CurrentFromMs ? Current : Previous;

    public void Seat(DirectionModel model, long fromMs)
    {
        Previous = Current;
        Current = model;
        CurrentFromMs = fromMs;
        RefusedVersion = null;
    }
}
