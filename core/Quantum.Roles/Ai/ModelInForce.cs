using Quantum.Roles.Ai.Model;

namespace Quantum.Roles.Ai;

/// <summary>A model, and whether it has proved itself.</summary>
/// <param name="Model">What signals are made with.</param>
/// <param name="InForce">False: it has not beaten the base rate, and its signals are only to be explored.</param>
internal sealed record KnownModel(OutcomeModel Model, bool InForce);

/// <summary>The newest model, and the one before it until every symbol has passed the change.</summary>
internal sealed class ModelInForce
{
    /// <summary>What it is saved under.</summary>
    public const string Key = "model";

    public KnownModel? Current { get; set; }

    /// <summary>Candles that end from here on are judged by the current model, UTC epoch ms.</summary>
    public long CurrentFromMs { get; set; }

    public KnownModel? Previous { get; set; }

    /// <summary>The newest version refused because its features are not ours; null when none was.</summary>
    public string? RefusedVersion { get; set; }

    public KnownModel? For(long candleCloseMs) => candleCloseMs >= CurrentFromMs ? Current : Previous;

    public void Take(KnownModel model, long fromMs)
    {
        Previous = Current;
        Current = model;
        CurrentFromMs = fromMs;
        RefusedVersion = null;
    }
}
