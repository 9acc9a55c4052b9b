using Quantum.Roles.Ai.Plans;
using Quantum.Roles.Symbols;

namespace Quantum.Roles.TradingBot;

/// <summary>What the trading bot may be told; every value has a range, checked at start.</summary>
public sealed record TradingBotSettings
{
    /// <summary>
    /// What is known of the symbols: no entry is asked for in another one. Null asks for all, and the executor, which
    /// always has a book, denies what it does not know.
    /// </summary>
    public SymbolFilterBook? Symbols { get; init; }

    /// <summary>When a signal's trade is worth its cost. As <c>Ai:Worth</c>.</summary>
    public WorthSettings Worth { get; init; } = new();

    /// <summary>What may be spent on learning.</summary>
    public ExplorationSettings Exploration { get; init; } = new();

    /// <summary>Time after an entry ended in which the symbol is left alone, ms, from 0.</summary>
    public long CooldownMs { get; init; } = 5 * 60_000;

    /// <summary>How long the sizing agent may take, ms, from 1.</summary>
    public long SizingTimeoutMs { get; init; } = 5_000;

    /// <summary>How long an intent stays executable, ms, from 1.</summary>
    public long IntentLifetimeMs { get; init; } = 30_000;

    /// <summary>
    /// How long after its deadline an intent's result is waited for before the symbol is freed, ms, from 1.
    /// </summary>
    public long ResultGraceMs { get; init; } = 5 * 60_000;

    /// <summary>A signal older than this opens nothing, ms, from 1.</summary>
    public long SignalFreshnessMs { get; init; } = 60_000;

    /// <summary>A portfolio snapshot older than this opens nothing, ms, from 1.</summary>
    public long PortfolioFreshnessMs { get; init; } = 60_000;

    /// <summary>Venue quotes older than this leave the divergence unknown, ms, from 1.</summary>
    public long QuoteFreshnessMs { get; init; } = 60_000;

    /// <summary>Funding per 8 hours at or beyond which nothing is opened, fraction, above 0.</summary>
    public double FundingLimitFraction { get; init; } = 0.001;

    /// <summary>The defaults: on a tape facts may be as old as <see cref="TapeAge"/> says.</summary>
    public static TradingBotSettings For(bool isTape, SymbolFilterBook? symbols = null) => isTape
        ? new()
        {
            Symbols = symbols,
            PortfolioFreshnessMs = TapeAge.PortfolioMs,
            QuoteFreshnessMs = TapeAge.PriceMs,
            IntentLifetimeMs = TapeAge.PriceMs,
        }
        : new() { Symbols = symbols };

    /// <summary>
    /// The settings themselves; throws <see cref="ArgumentException"/> that names the setting and its range.
    /// </summary>
    public TradingBotSettings Checked()
    {
        Worth.Checked("TradingBot");
        Exploration.Checked();
        if (CooldownMs < 0) throw Bad(nameof(CooldownMs), CooldownMs, "0 or more");
        if (SizingTimeoutMs < 1) throw Bad(nameof(SizingTimeoutMs), SizingTimeoutMs, "1 or more");
        if (IntentLifetimeMs < 1) throw Bad(nameof(IntentLifetimeMs), IntentLifetimeMs, "1 or more");
        if (ResultGraceMs < 1) throw Bad(nameof(ResultGraceMs), ResultGraceMs, "1 or more");
        if (SignalFreshnessMs < 1) throw Bad(nameof(SignalFreshnessMs), SignalFreshnessMs, "1 or more");
        if (PortfolioFreshnessMs < 1) throw Bad(nameof(PortfolioFreshnessMs), PortfolioFreshnessMs, "1 or more");
        if (QuoteFreshnessMs < 1) throw Bad(nameof(QuoteFreshnessMs), QuoteFreshnessMs, "1 or more");
        if (!(FundingLimitFraction > 0)) throw Bad(nameof(FundingLimitFraction), FundingLimitFraction, "above 0");
        return this;
    }

    private static ArgumentException Bad(string name, object value, string range) =>
        new($"TradingBot:{name} is {value}: set it to {range}.");
}
