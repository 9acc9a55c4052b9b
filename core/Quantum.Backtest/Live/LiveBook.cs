using Quantum.Backtest.Results;
using Quantum.Backtest.Running;

namespace Quantum.Backtest.Live;

/// <summary>
/// What a running system made, from what its streams tell, kept in the books of a backtest: so the same figures are
/// calculated of both by the same code.
/// </summary>
public sealed class LiveBook
{
    private readonly TradeBook _trades = new();
    private readonly HashSet<string> _tradeIds = new(StringComparer.Ordinal);
    private readonly EquityBook _equity;
    private readonly EquityPoint _begin;
    private readonly decimal _feesBeforeUsd;
    private readonly decimal _fundingBeforeUsd;
    private decimal _turnoverUsd;
    private long _fills;

    /// <param name="begin">The first word of the portfolio that is known; its fees and funding are those of
    /// before.</param>
    /// <param name="atMs">When it was told, UTC epoch ms.</param>
    public LiveBook(in PortfolioSnapshot begin, long atMs)
    {
        Begin = begin;
        _equity = new EquityBook(atMs, begin.TotalEquityUsd);
        _begin = new EquityPoint(atMs, begin.TotalEquityUsd, begin.CashBalanceUsd, begin.TotalExposureUsd);
        (_feesBeforeUsd, _fundingBeforeUsd) = (begin.FeesUsd, begin.FundingUsd);
        Take(in begin, atMs);
    }

    /// <summary>What it began with.</summary>
    public PortfolioSnapshot Begin { get; }

    /// <summary>When it began, UTC epoch ms.</summary>
    public long BeginMs => _begin.AtMs;

    /// <summary>Points of the account that stand; the newest is not among them while its minute lasts.</summary>
    public int Settled => _equity.Settled;

    /// <summary>Closed trades, from 0.</summary>
    public int Trades => _trades.Closed.Count;

    /// <summary>One of the points that stand.</summary>
    public EquityPoint PointAt(int place) => _equity[place];

    /// <summary>Takes a word of the portfolio, the newest so far.</summary>
    public void Take(in PortfolioSnapshot now, long atMs) => _equity.Take(in now, atMs);

    /// <summary>Takes a point that stood before; such are given first, rising.</summary>
    public void Restore(EquityPoint point) => _equity.Restore(point);

    /// <summary>Takes a closed trade; false for one that is known.</summary>
    public bool Take(in TradeClosed trade)
    {
        if (!_tradeIds.Add(trade.TradeId)) return false;
        _trades.Take(in trade);
        return true;
    }

    /// <summary>Takes what was filled.</summary>
    /// <param name="turnoverUsd">Quantity times price, USD, above 0.</param>
    public void Fill(decimal turnoverUsd)
    {
        _turnoverUsd += turnoverUsd;
        _fills++;
    }

    /// <summary>What it made until now; null while no time has passed, or there is nothing to make it of.</summary>
    /// <param name="toMs">Until when, UTC epoch ms.</param>
    /// <param name="source">Where it comes from, in words.</param>
    /// <param name="notes">What is to be known of it, one sentence each.</param>
    public BacktestOutcome? Outcome(long toMs, string source, IReadOnlyList<string> notes)
    {
        var equity = _equity.End();
        toMs = Math.Max(toMs, equity[^1].AtMs);
        if (toMs <= _begin.AtMs || _begin.EquityUsd <= 0) return null;
        var now = _equity.Now;
        return new BacktestOutcome
        {
            Symbols = [.. _trades.Closed.Select(trade => trade.Symbol).Distinct().Order()],
            FromMs = _begin.AtMs, ToMs = toMs, StartEquityUsd = _begin.EquityUsd, Equity = equity,
            Trades = [.. _trades.Closed], Refusals = [], Bars = [], IsLive = true,
            Totals = new AccountTotals(_turnoverUsd, _fills, now.FeesUsd - _feesBeforeUsd,
                now.FundingUsd - _fundingBeforeUsd, now.NumPositions, now.UnrealizedPnlUsd),
            Assumptions = new RunAssumptions
            {
                Source = source, Candles = 0, WalkedCandles = 0, AmbiguousCandles = 0, TakerFeeFraction = 0,
                MakerFeeFraction = 0, Notes = notes,
            },
            Settings = [],
        };
    }
}
