namespace Quantum.Contracts.Events;

/// <summary>A signal that was adopted or put aside, on <c>ai.decision.made</c>.</summary>
public readonly record struct DecisionMade : ICheckedEvent
{
    public required Symbol Symbol { get; init; }
    public required DecisionAction Action { get; init; }

    /// <summary>The adopted side; null on hold.</summary>
    public Side? Side { get; init; }

    /// <summary>Calibrated probability, 0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>
    /// The signal decided on; null when there was none: no model, stale input, features that do not fit.
    /// </summary>
    public string? SignalId { get; init; }

    /// <summary>Why, as a code such as <c>above_threshold</c>.</summary>
    public required string ReasonCode { get; init; }

    /// <summary>Why, in words.</summary>
    public string? Reason { get; init; }

    public required Regime Regime { get; init; }
    public string? ModelName { get; init; }
    public string? ModelVersion { get; init; }
    public WireList<ModelVote> Votes { get; init; }

    public string? Fault() => Prices.FractionFault("confidence", Confidence);
}
