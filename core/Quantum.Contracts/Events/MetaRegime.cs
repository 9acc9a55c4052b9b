namespace Quantum.Contracts.Events;

/// <summary>The market's regime by one vocabulary, on <c>meta.regime</c>.</summary>
public readonly record struct MetaRegime : ICheckedEvent
{
    /// <summary>The symbol, or null for the whole market.</summary>
    public Symbol? Symbol { get; init; }

    public required Regime Regime { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>
    /// Standard deviation of the window's simple returns, fraction per candle; null without enough candles.
    /// </summary>
    public double? Volatility { get; init; }

    /// <summary>
    /// Slope of the window's price line per candle over the last price, fraction; null without enough candles.
    /// </summary>
    public double? Trend { get; init; }

    /// <summary>Candles in the window.</summary>
    public required int Samples { get; init; }

    /// <summary>The regime before this one.</summary>
    public required Regime PreviousRegime { get; init; }

    public string? Fault() => Prices.FractionFault("confidence", Confidence);
}
