using Quantum.Backtest.Results;
using Quantum.Backtest.Running;
using Quantum.Feeds;

namespace Quantum.Backtest.Figures;

/// <summary>
/// What buying at the start and holding to the end made, without leverage and funding, with the taker's fee at both
/// ends.
/// </summary>
/// <param name="Name">The symbol, or <c>equal parts</c>.</param>
/// <param name="ReturnFraction">Over the whole run; undefined without candles.</param>
/// <param name="Sharpe">As the account's.</param>
/// <param name="DrawdownFraction">Deepest, of ends of UTC days, 0 or more.</param>
public sealed record HoldFigures(string Name, Figure ReturnFraction, Figure Sharpe, double DrawdownFraction)
{
    /// <summary>The name of the account that put the same into every symbol.</summary>
    public const string EqualParts = "equal parts";

    /// <summary>One for each symbol; with more than one symbol equal parts of all come first.</summary>
    public static IReadOnlyList<HoldFigures> Of(BacktestOutcome outcome)
    {
        var fee = (double)outcome.Assumptions.TakerFeeFraction;
        var ways = outcome.Bars.Select(bars => (bars.Symbol.Name, Way: WayOf(bars, outcome, fee))).ToList();
        var single = ways.Select(way => One(way.Name, way.Way, outcome));
        var seen = ways.Count(way => way.Way.Count > 0);
        return seen < 2 ? [.. single] : [One(EqualParts, Mean([.. ways.Select(way => way.Way)]), outcome), .. single];
    }

    /// <summary>Value of 1 put in equal parts into every symbol, at the end of each UTC day; empty without
    /// candles.</summary>
    internal static List<(long AtMs, double Equity)> MeanWay(BacktestOutcome outcome) =>
        Mean([.. outcome.Bars.Select(bars => WayOf(bars, outcome, (double)outcome.Assumptions.TakerFeeFraction))]);

    /// <summary>Value of 1 put in at the start, at the end of each UTC day of the run; empty without candles.</summary>
    private static List<(long AtMs, double Equity)> WayOf(SymbolBars bars, BacktestOutcome outcome, double fee)
    {
        var way = new List<(long, double)>();
        var first = FirstAtOrAfter(bars.Items, outcome.FromMs);
        if (first >= bars.Items.Count || bars.Items[first].OpenAtMs >= outcome.ToMs) return way;
        var units = (1 - fee) / bars.Items[first].Open;
        var value = 1 - fee;
        var firstDay = outcome.FromMs - outcome.FromMs % CandleInterval.DayMs;
        for (var day = firstDay; day < outcome.ToMs; day += CandleInterval.DayMs)
        {
            var end = Math.Min(day + CandleInterval.DayMs, outcome.ToMs);
            var last = FirstAtOrAfter(bars.Items, end - bars.IntervalMs + 1) - 1;
            if (last >= first) value = units * bars.Items[last].Close;
            way.Add((end, end == outcome.ToMs ? value * (1 - fee) : value));
        }

        return way;
    }

    /// <summary>Index of the first candle that opens at the moment or later; the count when there is none.</summary>
    internal static int FirstAtOrAfter(IReadOnlyList<Bar> bars, long atMs)
    {
        if (bars is PackedBars packed) return packed.FirstAtOrAfter(atMs);
        var (low, high) = (0, bars.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (bars[middle].OpenAtMs < atMs) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static List<(long AtMs, double Equity)> Mean(List<List<(long AtMs, double Equity)>> all)
    {
        var ways = all.FindAll(way => way.Count > 0);
        return ways.Count == 0
            ? []
            : [.. Enumerable.Range(0, ways[0].Count)
                .Select(i => (ways[0][i].AtMs, ways.Average(way => way[i].Equity)))];
    }

    private static HoldFigures One(string name, List<(long AtMs, double Equity)> way, BacktestOutcome outcome)
    {
        if (way.Count == 0)
        {
            var none = Figure.None("there are no candles of it in the run");
            return new(name, none, none, 0);
        }

        var curve = EquityCurve.Of(outcome.FromMs, outcome.ToMs, 1, way);
        return new(name, Figure.Of(way[^1].Equity - 1), RiskRatios.Sharpe(curve.DailyReturns),
            curve.Deepest.DepthFraction);
    }
}
