using Quantum.Roles.Ai.Plans;

namespace Quantum.Roles.Ai;

/// <summary>What the AI may be told; every value has a range, checked at start.</summary>
public sealed record AiEngineSettings
{
    /// <summary>The interval that is decided on unless another is asked for: a quarter of an hour, ms.</summary>
    public const long UsualIntervalMs = 15 * 60_000;

    /// <summary>
    /// Length of the candles that are decided on, ms, from 1,000; built up from finer ones, and brought up to a
    /// multiple of the feed's. As <c>Clm:IntervalMs</c>.
    /// </summary>
    public long IntervalMs { get; init; } = UsualIntervalMs;

    /// <summary>The trade that a signal stands for. As <c>Clm:Plan</c>.</summary>
    public EntryPlanSettings Plan { get; init; } = new();

    /// <summary>What a round trip costs.</summary>
    public CostSettings Cost { get; init; } = new();

    /// <summary>When a trade is worth it. As <c>TradingBot:Worth</c>.</summary>
    public WorthSettings Worth { get; init; } = new();

    /// <summary>A candle handled later than this after its end gives no signal, ms, from 1.</summary>
    public long StaleAfterMs { get; init; } = 90_000;

    /// <summary>Market data older than this is unknown, ms, from 60,000.</summary>
    public long MarketFreshnessMs { get; init; } = 10 * 60_000;

    /// <summary>
    /// A new model judges candles that end this long after it was announced, ms, from 0: all symbols change at one
    /// moment of the tape, whatever the order of arrival.
    /// </summary>
    public long ActivationDelayMs { get; init; } = 60_000;

    /// <summary>
    /// How long the signals of one candle time wait for a symbol whose candle is missing before they are told, ms, from
    /// 1,000.
    /// </summary>
    public long RankWaitMs { get; init; } = 2_000;

    /// <summary>A status that lasts is repeated every so many candles, from 1.</summary>
    public int RepeatStatusCandles { get; init; } = 60;

    /// <summary>
    /// The settings themselves; throws <see cref="ArgumentException"/> that names the setting and its range.
    /// </summary>
    public AiEngineSettings Checked()
    {
        if (IntervalMs < 1_000) throw Bad(nameof(IntervalMs), IntervalMs, "1000 or more");
        Plan.Checked("Ai");
        Cost.Checked("Ai");
        Worth.Checked("Ai");
        if (StaleAfterMs < 1) throw Bad(nameof(StaleAfterMs), StaleAfterMs, "1 or more");
        if (MarketFreshnessMs < 60_000) throw Bad(nameof(MarketFreshnessMs), MarketFreshnessMs, "60000 or more");
        if (ActivationDelayMs < 0) throw Bad(nameof(ActivationDelayMs), ActivationDelayMs, "0 or more");
        if (RankWaitMs < 1_000) throw Bad(nameof(RankWaitMs), RankWaitMs, "1000 or more");
        if (RepeatStatusCandles < 1) throw Bad(nameof(RepeatStatusCandles), RepeatStatusCandles, "1 or more");
        return this;
    }

    private static ArgumentException Bad(string name, object value, string range) =>
        new($"Ai:{name} is {value}: set it to {range}.");
}
