using Quantum.Roles.Ai.Plans;
using Quantum.Roles.Symbols;

namespace Quantum.Roles.Ai;

/// <summary>What the AI may be told; every value has a range, checked at start.</summary>
[Section("Ai")]
public sealed record AiEngineSettings
{
    /// <summary>The interval that is decided on unless another is asked for: a quarter of an hour, ms.</summary>
    public const long UsualIntervalMs = 15 * 60_000;

    /// <summary>
    /// Length of the candles that are decided on, ms; built up from finer ones, and brought up to a multiple of the
    /// feed's. As <c>Clm:IntervalMs</c>.
    /// </summary>
    [AtLeast(1_000)] public long IntervalMs { get; set; } = UsualIntervalMs;

    /// <summary>The trade that a signal stands for. As <c>Clm:Plan</c>.</summary>
    public EntryPlanSettings Plan { get; set; } = new();

    /// <summary>What a round trip costs.</summary>
    public CostSettings Cost { get; set; } = new();

    /// <summary>What is known of the symbols: an order pays up to a whole tick more than its price.</summary>
    public SymbolFilterBook? Symbols { get; init; }

    /// <summary>When a trade is worth it. As <c>TradingBot:Worth</c>.</summary>
    public WorthSettings Worth { get; set; } = new();

    /// <summary>A candle handled later than this after its end gives no signal, ms.</summary>
    [AtLeast(1)] public long StaleAfterMs { get; set; } = 90_000;

    /// <summary>Market data older than this is unknown, ms.</summary>
    [AtLeast(60_000)] public long MarketFreshnessMs { get; set; } = 10 * 60_000;

    /// <summary>
    /// A new model judges candles that end this long after it was announced, ms: all symbols change at one moment of
    /// the tape, whatever the order of arrival.
    /// </summary>
    [AtLeast(0)] public long ActivationDelayMs { get; set; } = 60_000;

    /// <summary>
    /// How long the signals of one candle time wait for a symbol whose candle is missing before they are told, ms.
    /// </summary>
    [AtLeast(1_000)] public long RankWaitMs { get; set; } = 2_000;

    /// <summary>
    /// A status that lasts is repeated every so many candles: on a tape, who waits for a model hears of nothing else.
    /// </summary>
    [AtLeast(1)] public int RepeatStatusCandles { get; set; } = 2;

    /// <summary>The least step of a symbol's price over its price; 0 when it is unknown.</summary>
    internal double TickFraction(Symbol symbol, double price) =>
        (double)(Symbols?.Find(symbol)?.TickSize ?? 0) / price;
}
