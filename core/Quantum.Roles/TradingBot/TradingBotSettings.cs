using Quantum.Roles.Ai.Plans;
using Quantum.Roles.Symbols;

namespace Quantum.Roles.TradingBot;

/// <summary>What the trading bot may be told; every value has a range, checked at start.</summary>
[Section("TradingBot")]
public sealed record TradingBotSettings
{
    /// <summary>
    /// What is known of the symbols: no entry is asked for in another one. Null asks for all, and the executor, which
    /// always has a book, denies what it does not know.
    /// </summary>
    public SymbolFilterBook? Symbols { get; init; }

    /// <summary>When a signal's trade is worth its cost. As <c>Ai:Worth</c>.</summary>
    public WorthSettings Worth { get; set; } = new();

    /// <summary>What may be spent on learning.</summary>
    public ExplorationSettings Exploration { get; set; } = new();

    /// <summary>Time after an entry ended in which the symbol is left alone, ms.</summary>
    [AtLeast(0)] public long CooldownMs { get; set; } = 5 * 60_000;

    /// <summary>How long the sizing agent may take, ms.</summary>
    [AtLeast(1)] public long SizingTimeoutMs { get; set; } = 5_000;

    /// <summary>How long an intent stays executable, ms.</summary>
    [AtLeast(1)] public long IntentLifetimeMs { get; set; } = 30_000;

    /// <summary>How long after its deadline an intent's result is waited for before the symbol is freed, ms.</summary>
    [AtLeast(1)] public long ResultGraceMs { get; set; } = 5 * 60_000;

    /// <summary>
    /// A signal whose candle ended longer ago than this opens nothing, ms. On a tape it comes with the candle's end:
    /// one that waited for another symbol would be traded inside the next candle, of which more is known there than
    /// was.
    /// </summary>
    [AtLeast(1)] public long SignalFreshnessMs { get; set; } = 60_000;

    /// <summary>A portfolio snapshot older than this opens nothing, ms.</summary>
    [AtLeast(1)] public long PortfolioFreshnessMs { get; set; } = 60_000;

    /// <summary>Venue quotes older than this leave the divergence unknown, ms.</summary>
    [AtLeast(1)] public long QuoteFreshnessMs { get; set; } = 60_000;

    /// <summary>Funding per 8 hours at or beyond which nothing is opened, fraction.</summary>
    [Above(0)] public double FundingLimitFraction { get; set; } = 0.001;

    /// <summary>The defaults: on a tape facts may be as old as <see cref="TapeAge"/> says.</summary>
    public static TradingBotSettings For(bool isTape, SymbolFilterBook? symbols = null) => isTape
        ? new()
        {
            Symbols = symbols,
            SignalFreshnessMs = TapeAge.SignalMs,
            PortfolioFreshnessMs = TapeAge.PortfolioMs,
            QuoteFreshnessMs = TapeAge.PriceMs,
            IntentLifetimeMs = TapeAge.PriceMs,
        }
        : new() { Symbols = symbols };
}
