namespace Quantum.Contracts.Events;

/// <summary>The sizing policy's training ended, on <c>rl_v3.training.completed</c>; there is no failed twin.</summary>
public readonly record struct TrainingCompleted
{
    public required string RunId { get; init; }
    public required string PolicyName { get; init; }
    public required bool Success { get; init; }

    /// <summary>The new version; null on failure.</summary>
    public string? PolicyVersion { get; init; }

    /// <summary>The policy itself as JSON text; null on failure.</summary>
    public string? Artifact { get; init; }

    /// <summary>Trades learnt from.</summary>
    public required int Episodes { get; init; }

    /// <summary>Mean reward in R before; null without trades.</summary>
    public double? AvgReward { get; init; }

    /// <summary>Mean expected reward in R of the new policy; null on failure.</summary>
    public double? FinalReward { get; init; }

    /// <summary>Why it failed; null on success.</summary>
    public string? Error { get; init; }
}
