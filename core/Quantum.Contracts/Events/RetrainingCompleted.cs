namespace Quantum.Contracts.Events;

/// <summary>A model was retrained and is ready to be loaded, on <c>learning.retraining.completed</c>.</summary>
public readonly record struct RetrainingCompleted
{
    public required string JobId { get; init; }
    public required string ModelName { get; init; }
    public required string ModelVersion { get; init; }
    public required string FeatureHash { get; init; }

    /// <summary>The model itself as JSON text.</summary>
    public required string Artifact { get; init; }

    /// <summary>Candles learnt from.</summary>
    public required int Samples { get; init; }

    /// <summary>Mean log loss on held-out candles, natural log, 0 or more.</summary>
    public required double ValidationLogLoss { get; init; }

    /// <summary>Share of held-out candles called right, 0 to 1.</summary>
    public required double ValidationAccuracy { get; init; }

    /// <summary>Passes that the optimiser made over the samples, from 1.</summary>
    public required int Iterations { get; init; }
}
