namespace Quantum.Roles.Ai;

/// <summary>What the AI may be told; every value has a range, checked at start.</summary>
[Section("Ai")]
public sealed record AiEngineSettings
{
    /// <summary>Calibrated probability from which a signal is adopted.</summary>
    [Range(0.5, 1.0)] public double AdoptConfidence { get; set; } = 0.52;

    /// <summary>
    /// What a round trip costs, fraction of price: a signal whose expected move is smaller is not adopted.
    /// </summary>
    [Range(0.0, 0.1)] public double RoundTripCostFraction { get; set; } = 0.001;

    /// <summary>A candle handled later than this after its end gives no signal, ms.</summary>
    [AtLeast(1)] public long StaleAfterMs { get; set; } = 90_000;

    /// <summary>Market data older than this is unknown, ms.</summary>
    [AtLeast(60_000)] public long MarketFreshnessMs { get; set; } = 10 * 60_000;

    /// <summary>
    /// A new model judges candles that end this long after it was announced, ms: all symbols change at one moment of
    /// the tape, whatever the order of arrival.
    /// </summary>
    [AtLeast(0)] public long ActivationDelayMs { get; set; } = 60_000;

    /// <summary>A status that lasts is repeated every so many candles.</summary>
    [AtLeast(1)] public int RepeatStatusCandles { get; set; } = 60;
}
