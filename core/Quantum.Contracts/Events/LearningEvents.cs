namespace Quantum.Contracts.Events;

/// <summary>The optimiser began to train the sizing policy, on <c>rl_v3.training.started</c>.</summary>
public readonly record struct TrainingStarted
{
    public required string RunId { get; init; }
    public required string PolicyName { get; init; }

    /// <summary>Trades to learn from.</summary>
    public required int Episodes { get; init; }

    /// <summary>What set it off, as a code: <c>trades</c>, <c>schedule</c> …</summary>
    public required string Trigger { get; init; }
}

/// <summary>The sizing policy's training ended, on <c>rl_v3.training.completed</c>; there is no failed twin.</summary>
public readonly record struct TrainingCompleted
{
    public required string RunId { get; init; }
    public required string PolicyName { get; init; }
    public required bool Success { get; init; }

    /// <summary>The new version; null on failure.</summary>
    public string? PolicyVersion { get; init; }

    /// <summary>Control-plane key of the policy; null on failure.</summary>
    public string? BlobKey { get; init; }

    /// <summary>Trades learnt from.</summary>
    public required int Episodes { get; init; }

    /// <summary>Time it took, ms.</summary>
    public required long DurationMs { get; init; }

    /// <summary>Mean reward in R before; null without trades.</summary>
    public double? AvgReward { get; init; }

    /// <summary>Mean expected reward in R of the new policy; null on failure.</summary>
    public double? FinalReward { get; init; }

    /// <summary>Why it failed; null on success.</summary>
    public string? Error { get; init; }
}

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

/// <summary>A model was retrained and is ready to be loaded, on <c>learning.retraining.completed</c>.</summary>
public readonly record struct RetrainingCompleted
{
    public required string JobId { get; init; }
    public required string ModelName { get; init; }
    public required string ModelVersion { get; init; }
    public required string FeatureHash { get; init; }

    /// <summary>Control-plane key of the model.</summary>
    public required string BlobKey { get; init; }

    /// <summary>Candles learnt from.</summary>
    public required int Samples { get; init; }

    /// <summary>Mean log loss on held-out candles, natural log, 0 or more.</summary>
    public required double ValidationLogLoss { get; init; }

    /// <summary>Share of held-out candles called right, 0 to 1.</summary>
    public required double ValidationAccuracy { get; init; }

    /// <summary>Time it took, ms.</summary>
    public required long DurationMs { get; init; }
}

/// <summary>A retraining was refused or failed, on <c>learning.retraining.failed</c>.</summary>
public readonly record struct RetrainingFailed
{
    public required string JobId { get; init; }
    public required string ModelName { get; init; }

    /// <summary>As a code: <c>too_little_data</c>, <c>no_improvement</c>, <c>diverged</c> …</summary>
    public required string ReasonCode { get; init; }

    /// <summary>In words, with the values.</summary>
    public required string Error { get; init; }

    /// <summary>Candles at hand.</summary>
    public required int Samples { get; init; }
}

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
