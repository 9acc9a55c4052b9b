namespace Quantum.Backtest.Results;

/// <summary>What one backtest did: everything that figures and the report are made from.</summary>
public sealed record BacktestOutcome
{
    /// <summary>What the run was over, in the order it was asked for.</summary>
    public required IReadOnlyList<Symbol> Symbols { get; init; }

    /// <summary>Start of the run, UTC epoch ms: from here the account stands in the curve.</summary>
    public required long FromMs { get; init; }

    /// <summary>End of the run, UTC epoch ms, exclusive.</summary>
    public required long ToMs { get; init; }

    /// <summary>Cash at the start, USD, above 0.</summary>
    public required decimal StartEquityUsd { get; init; }

    /// <summary>Round trips in the order they closed.</summary>
    public required IReadOnlyList<ClosedTrade> Trades { get; init; }

    /// <summary>
    /// The account over time, rising; at least the last moment of every UTC day, better every minute with a position.
    /// </summary>
    public required IReadOnlyList<EquityPoint> Equity { get; init; }

    /// <summary>Counts per gate, reason and symbol.</summary>
    public required IReadOnlyList<Refusal> Refusals { get; init; }

    /// <summary>The candles that were played, one item a symbol; may be a view over what was loaded.</summary>
    public required IReadOnlyList<SymbolBars> Bars { get; init; }

    /// <summary>Sums over every fill, those of positions that are still open included.</summary>
    public required AccountTotals Totals { get; init; }

    public required RunAssumptions Assumptions { get; init; }

    /// <summary>Every setting in force, as read back from the roles.</summary>
    public required IReadOnlyList<UsedSetting> Settings { get; init; }

    /// <summary>True for what a running system made: its account also changes beside the trades.</summary>
    public bool IsLive { get; init; }

    /// <summary>Hash over the ordered streams; null when it was not asked for.</summary>
    public string? StreamHash { get; init; }
}
