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
