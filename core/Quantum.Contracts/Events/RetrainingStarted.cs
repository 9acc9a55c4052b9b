namespace Quantum.Contracts.Events;

/// <summary>A model's retraining began, on <c>learning.retraining.started</c>.</summary>
public readonly record struct RetrainingStarted
{
    public required string JobId { get; init; }
    public required string ModelName { get; init; }

    /// <summary>What set it off, as a code.</summary>
    public required string TriggerReason { get; init; }

    /// <summary>Candles to learn from.</summary>
    public required int Samples { get; init; }
}
