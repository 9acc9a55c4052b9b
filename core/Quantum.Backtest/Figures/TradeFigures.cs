using Quantum.Backtest.Results;

namespace Quantum.Backtest.Figures;

/// <summary>What a set of closed trades made.</summary>
public sealed record TradeFigures
{
    /// <summary>Closed trades, from 0.</summary>
    public required int Trades { get; init; }

    /// <summary>Net PnL above 0.</summary>
    public required int Wins { get; init; }

    /// <summary>Net PnL below 0.</summary>
    public required int Losses { get; init; }

    /// <summary>Wins over trades, 0 to 1; its error is the binomial one.</summary>
    public required Figure WinRate { get; init; }

    /// <summary>Sum of the net wins over the sum of the net losses.</summary>
    public required Figure ProfitFactor { get; init; }

    /// <summary>Mean net PnL over the loss at the first stop, of trades that had a stop, R; error: s over root
    /// n.</summary>
    public required Figure ExpectancyR { get; init; }

    /// <summary>Mean net PnL, USD; error: s over root n.</summary>
    public required Figure ExpectancyUsd { get; init; }

    /// <summary>Before fees and funding, USD.</summary>
    public required decimal GrossUsd { get; init; }

    /// <summary>USD; negative is a rebate.</summary>
    public required decimal FeesUsd { get; init; }

    /// <summary>Received (+) or paid (-), USD.</summary>
    public required decimal FundingUsd { get; init; }

    /// <summary>Gross minus fees plus funding, USD.</summary>
    public required decimal NetUsd { get; init; }

    /// <summary>Mean time held, ms; 0 without trades.</summary>
    public required long MeanHeldMs { get; init; }

    public static TradeFigures Of(IReadOnlyCollection<ClosedTrade> trades)
    {
        var wins = trades.Count(trade => trade.NetUsd > 0);
        var won = trades.Where(trade => trade.NetUsd > 0).Sum(trade => trade.NetUsd);
        var lost = -trades.Where(trade => trade.NetUsd < 0).Sum(trade => trade.NetUsd);
        return new()
        {
            Trades = trades.Count,
            Wins = wins,
            Losses = trades.Count(trade => trade.NetUsd < 0),
            WinRate = WinRateOf(wins, trades.Count),
            ProfitFactor = lost > 0m ? Figure.Of((double)(won / lost))
                : Figure.None(trades.Count == 0 ? "no trade was closed" : "no trade lost"),
            ExpectancyR = MeanOf(
                [.. trades.Where(trade => trade.RMultiple is not null).Select(trade => trade.RMultiple!.Value)],
                trades.Count == 0 ? "no trade was closed" : "no trade had a stop to measure R by"),
            ExpectancyUsd = MeanOf([.. trades.Select(trade => (double)trade.NetUsd)], "no trade was closed"),
            GrossUsd = trades.Sum(trade => trade.GrossUsd),
            FeesUsd = trades.Sum(trade => trade.FeesUsd),
            FundingUsd = trades.Sum(trade => trade.FundingUsd),
            NetUsd = trades.Sum(trade => trade.NetUsd),
            MeanHeldMs = trades.Count == 0 ? 0 : (long)trades.Average(trade => trade.ExitAtMs - trade.EntryAtMs),
        };
    }

    private static Figure WinRateOf(int wins, int count)
    {
        if (count == 0) return Figure.None("no trade was closed");
        var rate = (double)wins / count;
        return Figure.Of(rate, Math.Sqrt(rate * (1 - rate) / count));
    }

    private static Figure MeanOf(List<double> values, string whyNone)
    {
        if (values.Count == 0) return Figure.None(whyNone);
        var moments = Moments.Of(values);
        return Figure.Of(moments.Mean, values.Count < 2 ? null : moments.Deviation / Math.Sqrt(values.Count));
    }
}
