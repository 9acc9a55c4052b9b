namespace Quantum.Contracts.Events;

/// <summary>What the AI believes after a closed candle, on <c>ai.signal_generated</c>.</summary>
public readonly record struct SignalGenerated : ICheckedEvent
{
    public required Symbol Symbol { get; init; }
    public required Side Side { get; init; }

    /// <summary>Calibrated probability that the side wins, 0.5 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>Close of the candle, quote currency, above 0.</summary>
    public required decimal Price { get; init; }

    /// <summary>End of the candle, UTC epoch ms.</summary>
    public required long CandleCloseTimeMs { get; init; }

    /// <summary>True average true range (14) as a fraction of price; null while warming up.</summary>
    public double? AtrValue { get; init; }

    /// <summary>24 h range over 24 h low, times ten, clamped to 0.5 to 5; null when unknown.</summary>
    public double? VolatilityFactor { get; init; }

    /// <summary>Funding per 8 hours as a fraction; null when unknown.</summary>
    public double? FundingRate { get; init; }

    public required string ModelName { get; init; }
    public required string ModelVersion { get; init; }

    /// <summary>Hash of the ordered feature names the model was trained on.</summary>
    public required string FeatureHash { get; init; }

    /// <summary>False for a model that has not beaten the base rate: such a signal is only to be explored.</summary>
    public bool ModelInForce { get; init; }

    /// <summary>Distance of the stop of the trade that would be taken, fraction of price; null unknown.</summary>
    public double? StopFraction { get; init; }

    /// <summary>What the round trip costs: fees, spread, impact and funding, fraction of price; null unknown.</summary>
    public double? RoundTripCostFraction { get; init; }

    /// <summary>Expected result of that trade after all costs, in R, the distance of its stop; null unknown.</summary>
    public double? ExpectedR { get; init; }

    /// <summary>Standard error of <see cref="ExpectedR"/>, R, 0 or more; null unknown.</summary>
    public double? ExpectedRError { get; init; }

    /// <summary>The same as a return on the notional, fraction; null unknown.</summary>
    public double? ExpectedReturnFraction { get; init; }

    /// <summary>Standard error of <see cref="ExpectedReturnFraction"/>, fraction, 0 or more; null unknown.</summary>
    public double? ExpectedReturnError { get; init; }

    public WireList<ModelVote> Votes { get; init; }

    /// <summary>
    /// What each feature adds to the expected result before costs, R; with the costs off they sum up to
    /// <see cref="ExpectedR"/>. Null where they are not told.
    /// </summary>
    public WireList<FeatureShare>? Contributions { get; init; }

    public string? Fault() => Prices.FractionFault("confidence", Confidence) ?? Prices.Fault("price", Price)
        ?? (StopFraction is { } stop && !(stop is > 0 and < 1) ? $"stop_fraction {stop} is outside 0 to 1" : null)
        ?? (ExpectedRError < 0 ? $"expected_r_error {ExpectedRError} is below 0" : null);
}
