using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

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

    public WireList<ModelVote> Votes { get; init; }

    public string? Fault() => Prices.FractionFault("confidence", Confidence) ?? Prices.Fault("price", Price);
}
