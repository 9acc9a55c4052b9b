namespace Quantum.Roles.Ai;

/// <summary>What the AI may be told; every value has a range, checked at start.</summary>
public sealed record AiEngineSettings
{
    /// <summary>Calibrated probability from which a signal is adopted, 0.5 to 1.</summary>
    public double AdoptConfidence { get; init; } = 0.52;

    /// <summary>
    /// What a round trip costs, fraction of price, 0 to 0.1: a signal whose expected move is smaller is not adopted.
    /// </summary>
    public double RoundTripCostFraction { get; init; } = 0.001;

    /// <summary>A candle handled later than this after its end gives no signal, ms, from 1.</summary>
    public long StaleAfterMs { get; init; } = 90_000;

    /// <summary>Market data older than this is unknown, ms, from 60,000.</summary>
    public long MarketFreshnessMs { get; init; } = 10 * 60_000;

    /// <summary>
    /// A new model judges candles that end this long after it was announced, ms, from 0: all symbols change at one
    /// moment of the tape, whatever the order of arrival.
    /// </summary>
    public long ActivationDelayMs { get; init; } = 60_000;

    /// <summary>A status that lasts is repeated every so many candles, from 1.</summary>
    public int RepeatStatusCandles { get; init; } = 60;

    /// <summary>
    /// The settings themselves; throws <see cref="ArgumentException"/> that names the setting and its range.
    /// </summary>
    public AiEngineSettings Checked()
    {
        if (!(AdoptConfidence >= 0.5 && AdoptConfidence <= 1))
            throw Bad(nameof(AdoptConfidence), AdoptConfidence, "0.5 to 1");
        if (!(RoundTripCostFraction >= 0 && RoundTripCostFraction <= 0.1))
            throw Bad(nameof(RoundTripCostFraction), RoundTripCostFraction, "0 to 0.1");
        if (StaleAfterMs < 1) throw Bad(nameof(StaleAfterMs), StaleAfterMs, "1 or more");
        if (MarketFreshnessMs < 60_000) throw Bad(nameof(MarketFreshnessMs), MarketFreshnessMs, "60000 or more");
        if (ActivationDelayMs < 0) throw Bad(nameof(ActivationDelayMs), ActivationDelayMs, "0 or more");
        if (RepeatStatusCandles < 1) throw Bad(nameof(RepeatStatusCandles), RepeatStatusCandles, "1 or more");
        return this;
    }

    private static ArgumentException Bad(string name, object value, string range) =>
        new($"Ai:{name} is {value}: set it to {range}.");
}
