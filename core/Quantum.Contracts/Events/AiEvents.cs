using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.Contracts.Events;

/// <summary>What one model thinks of one candle.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Side">The side it favours.</param>
/// <param name="Probability">Its calibrated probability that the side wins, 0 to 1.</param>
/// <param name="Weight">Its share in the decision, 0 to 1.</param>
public sealed record ModelVote(string Model, Side Side, double Probability, double Weight);

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

/// <summary>A signal that was adopted or put aside, on <c>ai.decision.made</c>.</summary>
public readonly record struct DecisionMade : ICheckedEvent
{
    public required Symbol Symbol { get; init; }
    public required DecisionAction Action { get; init; }

    /// <summary>The adopted side; null on hold.</summary>
    public Side? Side { get; init; }

    /// <summary>Calibrated probability, 0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>The signal decided on.</summary>
    public required string SignalId { get; init; }

    /// <summary>Why, as a code such as <c>above_threshold</c>.</summary>
    public required string ReasonCode { get; init; }

    /// <summary>Why, in words.</summary>
    public string? Reason { get; init; }

    public required Regime Regime { get; init; }
    public required string ModelName { get; init; }
    public required string ModelVersion { get; init; }
    public WireList<ModelVote> Votes { get; init; }

    public string? Fault() => Prices.FractionFault("confidence", Confidence);
}

/// <summary>The market's regime by one vocabulary, on <c>meta.regime</c>.</summary>
public readonly record struct MetaRegime : ICheckedEvent
{
    /// <summary>The symbol, or null for the whole market.</summary>
    public Symbol? Symbol { get; init; }

    public required Regime Regime { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>Standard deviation of the window's simple returns, fraction per candle; null without enough candles.</summary>
    public double? Volatility { get; init; }

    /// <summary>Slope of the window's price line per candle over the last price, fraction; null without enough candles.</summary>
    public double? Trend { get; init; }

    /// <summary>Candles in the window.</summary>
    public required int Samples { get; init; }

    /// <summary>The regime before this one.</summary>
    public required Regime PreviousRegime { get; init; }

    public string? Fault() => Prices.FractionFault("confidence", Confidence);
}
