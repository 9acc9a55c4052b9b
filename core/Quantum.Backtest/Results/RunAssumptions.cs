namespace Quantum.Backtest.Results;

/// <summary>What the recording does not tell and the run had to assume.</summary>
public sealed record RunAssumptions
{
    /// <summary>What the run played: <c>candles 1m</c>, <c>trades</c>, <c>capture</c> …</summary>
    public required string Source { get; init; }

    /// <summary>The way assumed inside a candle, in words; null when trades were played and nothing was
    /// assumed.</summary>
    public string? CandlePath { get; init; }

    /// <summary>Candles played over all symbols, from 0.</summary>
    public required long Candles { get; init; }

    /// <summary>Candles whose way was walked because a position or an order was at stake, from 0.</summary>
    public required long WalkedCandles { get; init; }

    /// <summary>
    /// Walked candles in which both orders of high and low were possible and another order could have filled something
    /// else: stop and target both within one candle. From 0.
    /// </summary>
    public required long AmbiguousCandles { get; init; }

    /// <summary>Taking, fraction of notional.</summary>
    public required decimal TakerFeeFraction { get; init; }

    /// <summary>Making, fraction of notional; negative is a rebate.</summary>
    public required decimal MakerFeeFraction { get; init; }

    /// <summary>Half the spread that a taker pays, bps of price, where no book was recorded; null when books
    /// were.</summary>
    public double? HalfSpreadBps { get; init; }

    /// <summary>Anything else, one sentence each: funding rates that were missing, impact, latency …</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
