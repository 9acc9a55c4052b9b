using Quantum.Contracts.Units;
using Quantum.Exchanges.Budget;
using Quantum.Feeds;

namespace Quantum.Binance.Market;

/// <summary>Which part of the exchange's market is told.</summary>
public sealed record BinanceFeedSettings
{
    /// <summary>Where it is; no key is needed.</summary>
    public required BinanceSettings Binance { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<Symbol> Symbols { get; init; }

    /// <summary>Length of the candles, ms: one that the exchange has, a minute at least.</summary>
    public long IntervalMs { get; init; } = CandleInterval.MinuteMs;

    /// <summary>Candles told before the start for warm-up, 0 to 100,000.</summary>
    public int HistoryCandles { get; init; } = 1_500;

    /// <summary>What its requests come out of; null: a budget of its own, well below the exchange's limit.</summary>
    public IRateBudget? Budget { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
