using Quantum.Backtest.Results;

namespace Quantum.Backtest.Figures;

/// <summary>Holds a result against what it rests on.</summary>
internal static class ResultWarnings
{
    /// <summary>Below this many trades a mean is little more than an anecdote.</summary>
    private const int FewTrades = 100;

    /// <summary>Below this many whole days a daily ratio is.</summary>
    private const int FewDays = 60;

    /// <summary>What rounding may leave between the trades' sum and the account, USD.</summary>
    private const decimal Rounding = 0.01m;

    private const char Stop = '.';

    public static IReadOnlyList<ResultWarning> Of(BacktestOutcome outcome, BacktestFigures figures) =>
    [
        .. OfSums(outcome, figures), .. OfTrades(figures.Trades), .. OfCosts(figures.Trades), .. OfPath(outcome),
        .. OfSpread(outcome, figures), .. OfDays(figures), .. OfRecording(outcome), .. OfOpen(outcome),
    ];

    private static IEnumerable<ResultWarning> OfSums(BacktestOutcome outcome, BacktestFigures figures)
    {
        if (outcome.Totals.OpenPositions > 0) yield break;
        var expected = outcome.StartEquityUsd + figures.Trades.NetUsd;
        if (outcome.IsLive && Math.Abs(expected - figures.EndUsd) > Rounding)
        {
            yield return new("beside_trades", $"{Said.SignedUsd(figures.EndUsd - expected)} USD came beside the closed "
                + "trades: transfers, corrections to the venue's account, or trades that were open when this began.");
        }
        else if (Math.Abs(expected - figures.EndUsd) > Rounding)
        {
            yield return new("sums_differ", $"Nothing is held at the end, and the start plus all trades is "
                + $"{Said.Usd(expected)} USD, but the account says {Said.Usd(figures.EndUsd)} USD: do not trust this "
                + "result, and report it.");
        }
    }

    private static IEnumerable<ResultWarning> OfTrades(TradeFigures trades)
    {
        if (trades.Trades == 0)
        {
            yield return new("no_trades", "No trade was closed, so there is nothing to judge; the refusals say why.");
            yield break;
        }

        if (trades.Trades < FewTrades)
        {
            yield return new("few_trades", $"It rests on {Said.Count(trades.Trades, "closed trade", "closed trades")}"
                + $"{MeanSaid(trades)}; below {FewTrades} trades chance outweighs skill.");
        }

        if (trades.ExpectancyUsd is { Value: { } mean, StandardError: { } error } && Math.Abs(mean) < 2 * error)
        {
            yield return new("within_chance", $"A trade's mean of {Said.Number(mean)} USD lies within two standard "
                + $"errors "
                + $"({Said.Number(error)} USD each, n = {trades.Trades}) of zero: it cannot be told from chance.");
        }
    }

    private static string MeanSaid(TradeFigures trades) => trades.ExpectancyR is { Value: { } mean } figure
        ? $", expectancy {Said.Number(mean)} R with a standard error of "
            + (figure.StandardError is { } error ? $"{Said.Number(error)} R" : "unknown size")
        : "";

    private static IEnumerable<ResultWarning> OfCosts(TradeFigures trades)
    {
        if (trades.GrossUsd > 0 && trades.NetUsd <= 0)
        {
            yield return new("costs", $"Costs took it all: {Said.Usd(trades.GrossUsd)} USD before fees and funding, "
                + $"{Said.Usd(trades.NetUsd)} USD after.");
        }
    }

    private static IEnumerable<ResultWarning> OfSpread(BacktestOutcome outcome, BacktestFigures figures)
    {
        if (figures.Trades.Trades == 0) yield break;
        if (figures.BySymbol.Count == 1)
        {
            yield return new("one_symbol", $"Every trade is of {figures.BySymbol[0].Key}: nothing says that it holds "
                + $"for "
                + "another symbol.");
        }
        else if (figures.Trades.NetUsd > 0 && figures.BySymbol.MaxBy(group => group.Figures.NetUsd) is { } best
            && figures.Trades.NetUsd - best.Figures.NetUsd <= 0)
        {
            yield return new("one_symbol", $"Without {best.Key}, which made {Said.Usd(best.Figures.NetUsd)} USD, the "
                + $"other symbols together lost {Said.Usd(best.Figures.NetUsd - figures.Trades.NetUsd)} USD.");
        }

        var largest = outcome.Trades.Max(trade => trade.NetUsd);
        if (figures.Trades.Trades > 1 && figures.Trades.NetUsd > 0 && largest > figures.Trades.NetUsd / 2)
        {
            yield return new("one_trade", $"One trade made {Said.Usd(largest)} of {Said.Usd(figures.Trades.NetUsd)} "
                + $"USD net.");
        }

        if (outcome.Trades.Count(trade => trade.Context.IsExploration) is > 0 and var made)
        {
            yield return new("exploration", $"{Said.Count(made)} of {Said.Count(figures.Trades.Trades)} trades were "
                + $"made to "
                + "learn, at the least size: they say little of trades of full size.");
        }
    }

    private static IEnumerable<ResultWarning> OfPath(BacktestOutcome outcome)
    {
        if (outcome.Assumptions.CandlePath is not { } path) yield break;
        var resting = outcome.Trades.Where(trade => trade.RestsOnPath).ToList();
        if (resting.Count > 0)
        {
            yield return new("candle_path", $"{Said.Count(resting.Count)} of {Said.Count(outcome.Trades.Count)} "
                + $"trades, "
                + $"{Said.Usd(resting.Sum(trade => trade.NetUsd))} USD net, ended inside a candle in which another "
                + $"order of its high and low would have ended them otherwise. Assumed: {path.TrimEnd(Stop)}. Finer "
                + $"recordings settle it.");
        }
        else if (outcome.Assumptions.AmbiguousCandles > 0)
        {
            yield return new("candle_path", $"{Said.Count(outcome.Assumptions.AmbiguousCandles)} of "
                + $"{Said.Count(outcome.Assumptions.WalkedCandles)} candles with something at stake held both stop and "
                + $"target. Assumed: {path.TrimEnd(Stop)}. Finer recordings settle it.");
        }
    }

    private static IEnumerable<ResultWarning> OfDays(BacktestFigures figures)
    {
        if (figures.WholeDays < FewDays)
        {
            yield return new("few_days", $"It covers "
                + $"{Said.Count(figures.WholeDays, "whole UTC day", "whole UTC days")}: "
                + $"figures per year are one market's mood"
                + (figures.Sharpe is { Value: { } sharpe, StandardError: { } error }
                    ? $" (Sharpe {Said.Number(sharpe)} with a standard error of {Said.Number(error)})." : "."));
        }
    }

    private static IEnumerable<ResultWarning> OfRecording(BacktestOutcome outcome)
    {
        foreach (var bars in outcome.Bars.Where(bars => bars.Missing > 0))
        {
            yield return new("gaps", $"The recording of {bars.Symbol} lacks "
                + $"{Said.Count(bars.Missing, "candle", "candles")} inside its span.");
        }
    }

    private static IEnumerable<ResultWarning> OfOpen(BacktestOutcome outcome)
    {
        if (outcome.Totals.OpenPositions > 0)
        {
            yield return new("open_positions",
                $"{Said.Count(outcome.Totals.OpenPositions, "position is", "positions are")} "
                + $"still open with {Said.Usd(outcome.Totals.UnrealizedUsd)} USD unrealised: in the equity, in no "
                + $"trade.");
        }
    }
}
