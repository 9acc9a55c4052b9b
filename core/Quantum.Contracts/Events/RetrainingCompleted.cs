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

    /// <summary>The same of the base rate, which a model has to beat, natural log, 0 or more.</summary>
    public double BaseRateLogLoss { get; init; }

    /// <summary>
    /// By how many standard errors, counted over independent outcomes, the model's log loss is below the base rate's.
    /// </summary>
    public double Evidence { get; init; }

    /// <summary>Independent outcomes that it was judged on, 0 or more.</summary>
    public int IndependentOutcomes { get; init; }

    /// <summary>True when that is enough to trade by; else there is none in force, but one to explore with.</summary>
    public bool InForce { get; init; }

    /// <summary>Share of held-out candles called right, 0 to 1.</summary>
    public required double ValidationAccuracy { get; init; }

    /// <summary>Passes over the samples, those of the held-out parts included, from 1.</summary>
    public required int Iterations { get; init; }
}
