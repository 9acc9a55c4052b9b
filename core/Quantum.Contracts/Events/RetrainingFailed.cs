namespace Quantum.Contracts.Events;

/// <summary>A retraining was refused or failed, on <c>learning.retraining.failed</c>.</summary>
public readonly record struct RetrainingFailed
{
    public required string JobId { get; init; }
    public required string ModelName { get; init; }

    /// <summary>As a code: <c>candles_behind</c>, <c>too_little_data</c> or <c>unknown_model</c>.</summary>
    public required string ReasonCode { get; init; }

    /// <summary>In words, with the values.</summary>
    public required string Error { get; init; }

    /// <summary>Candles at hand.</summary>
    public required int Samples { get; init; }
}
