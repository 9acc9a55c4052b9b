namespace Quantum.Learning.Summary;

/// <summary>What a run did, as <c>./quantum up --exit-at-end</c> prints it.</summary>
public sealed record RunSummary
{
    /// <summary>True once the tape was played to its end and everything it led to is done.</summary>
    public required bool Done { get; init; }

    /// <summary>Events per stream of the audit, by name.</summary>
    public required IReadOnlyDictionary<string, long> Streams { get; init; }

    /// <summary>Intents published, from 0.</summary>
    public required long Intents { get; init; }

    /// <summary>Intents by the one outcome each of them had.</summary>
    public required IReadOnlyDictionary<string, long> Outcomes { get; init; }

    /// <summary>Intents that this system denied, by reason code.</summary>
    public required IReadOnlyDictionary<string, long> DeniedByReason { get; init; }

    /// <summary>Orders placed, from 0.</summary>
    public required long Orders { get; init; }

    /// <summary>Closed trades, from 0.</summary>
    public required long Trades { get; init; }

    /// <summary>Share of closed trades with a PnL above 0, 0 to 1; null without trades.</summary>
    public required double? WinRateFraction { get; init; }

    /// <summary>Net of fees and funding, as <c>trade.closed</c> tells it, USD.</summary>
    public required decimal PnlUsd { get; init; }

    /// <summary>The same from nothing but fills, fees and funding of the closed positions, USD.</summary>
    public required decimal PnlFromFillsUsd { get; init; }

    /// <summary>All fees, open positions included, USD.</summary>
    public required decimal FeesUsd { get; init; }

    /// <summary>All funding, received (+) or paid (-), USD.</summary>
    public required decimal FundingUsd { get; init; }

    /// <summary>Equity before the first trade, USD.</summary>
    public required decimal StartEquityUsd { get; init; }

    /// <summary>Gross of fees and funding, the closed parts of open positions included, USD.</summary>
    public required decimal RealizedUsd { get; init; }

    /// <summary>Of the open positions at mark, USD.</summary>
    public required decimal UnrealizedUsd { get; init; }

    /// <summary>Start + realised + unrealised + funding - fees, as the portfolio told it, USD.</summary>
    public required decimal EndEquityUsd { get; init; }

    /// <summary>By how much that sum does not fit, USD; 0 unless a position was adjusted to the venue's.</summary>
    public required decimal UnexplainedUsd { get; init; }

    /// <summary>What the run ended with; their loss is no part of <see cref="PnlUsd"/>.</summary>
    public required IReadOnlyList<OpenPosition> OpenPositions { get; init; }

    /// <summary>What closing all of them is taken to cost, USD.</summary>
    public required decimal ClosingCostUsd { get; init; }

    /// <summary>What that cost is made of.</summary>
    public required string ClosingCostAssumption { get; init; }

    /// <summary>End equity less the cost of closing, USD.</summary>
    public decimal EquityAfterClosingUsd => EndEquityUsd - ClosingCostUsd;

    /// <summary>What the user must know of the run, in sentences, oldest first.</summary>
    public required IReadOnlyList<string> Alarms { get; init; }

    /// <summary>Symbols whose data ended before the tape, with the time of the last price, UTC.</summary>
    public required IReadOnlyDictionary<string, DateTime> SymbolsEndedEarly { get; init; }

    /// <summary>Largest drawdown from a peak of equity, 0 to 1.</summary>
    public required double MaxDrawdownFraction { get; init; }

    /// <summary>Closed candles published, from 0.</summary>
    public required long Candles { get; init; }

    /// <summary>How long the tape was played, s; 0 while it still is.</summary>
    public required double Seconds { get; init; }
}
