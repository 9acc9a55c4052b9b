namespace Quantum.Contracts.Events;

/// <summary>A retraining job for whoever is free, on <c>model.retrain</c>.</summary>
public readonly record struct ModelRetrain
{
    public required string JobId { get; init; }
    public required string ModelName { get; init; }

    /// <summary>The version to be replaced; null when there is none.</summary>
    public string? ModelVersion { get; init; }

    /// <summary>Why, as a code: <c>warm_up</c>, <c>schedule</c>, <c>drift</c>, <c>loss_streak</c> …</summary>
    public required string Reason { get; init; }
}
