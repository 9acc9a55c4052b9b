namespace Quantum.Contracts.Events;

/// <summary>The sizing agent's answer, on <c>sizing.decided</c>.</summary>
public readonly record struct SizingDecided : ICheckedEvent
{
    public required Symbol Symbol { get; init; }

    /// <summary>The request this answers.</summary>
    public required string RequestId { get; init; }

    /// <summary>The signal it is about.</summary>
    public required string SignalId { get; init; }

    public required SizingStatus Status { get; init; }

    /// <summary>Notional, USD, above 0 when decided; null otherwise.</summary>
    public decimal? PositionSizeUsd { get; init; }

    /// <summary>From 1 when decided; null otherwise.</summary>
    public int? Leverage { get; init; }

    /// <summary>Loss at the stop over equity, fraction; null when not decided.</summary>
    public double? RiskFraction { get; init; }

    /// <summary>Calibrated probability the size was made for, 0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>The policy's name; null when unavailable.</summary>
    public string? PolicyName { get; init; }

    /// <summary>The policy's version; null when unavailable.</summary>
    public string? PolicyVersion { get; init; }

    /// <summary>The state bucket and the action the policy chose, for learning; null when not decided.</summary>
    public string? StateKey { get; init; }

    /// <summary>Share of the largest allowed size, 0 to 1; null when not decided.</summary>
    public double? SizeFraction { get; init; }

    /// <summary>In words; names the field when refused.</summary>
    public string? Reasoning { get; init; }

    public string? Fault()
    {
        if (Status != SizingStatus.Decided) return null;
        if (PositionSizeUsd is null or <= 0)
            return $"position_size_usd {PositionSizeUsd} is not above 0 though decided";
        return Leverage is null or < 1 ? $"leverage {Leverage} is not from 1 though decided" : null;
    }
}
