using Quantum.Roles.Ai.Model;

namespace Quantum.Roles.Ai;

/// <summary>The model in force, and the one before it until every symbol has passed the change.</summary>
internal sealed class ModelInForce
{
    public DirectionModel? Current { get; set; }

    /// <summary>Candles that end from here on are judged by the current model, UTC epoch ms.</summary>
    public long CurrentFromMs { get; set; }

    public DirectionModel? Previous { get; set; }

    /// <summary>The newest version refused because its features are not ours; null when none was.</summary>
    public string? RefusedVersion { get; set; }

    public DirectionModel? For(long candleCloseMs) => candleCloseMs >= CurrentFromMs ? Current : Previous;

    public void Take(DirectionModel model, long fromMs)
    {
        Previous = Current;
        Current = model;
        CurrentFromMs = fromMs;
        RefusedVersion = null;
    }
}
