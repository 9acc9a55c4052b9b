using Quantum.Backtest.Results;
using Quantum.Feeds;

namespace Quantum.Backtest.Figures;

/// <summary>The account's way through the days of a run.</summary>
internal sealed class EquityCurve
{
    // The last candle of a day may be told as ending just before midnight.
    private const long NearMidnightMs = 60_000;

    private EquityCurve(IReadOnlyList<DayEquity> days, Drawdown deepest, Drawdown longest)
    {
        Days = days;
        Deepest = deepest;
        Longest = longest;
    }

    /// <summary>Every UTC day that the run touches.</summary>
    public IReadOnlyList<DayEquity> Days { get; }

    /// <summary>The deepest fall below a peak.</summary>
    public Drawdown Deepest { get; }

    /// <summary>The longest time below a peak.</summary>
    public Drawdown Longest { get; }

    /// <summary>Returns of the whole days, fractions: what a first or last part of a day made is no day's
    /// return.</summary>
    public IReadOnlyList<double> DailyReturns =>
        [.. Days.Where(day => day.IsWhole && day.ReturnFraction is not null).Select(day => day.ReturnFraction!.Value)];

    /// <summary>The first day that began with nothing left, UTC epoch ms; null when there was none.</summary>
    public long? LostAtMs => Days.FirstOrDefault(day => day.ReturnFraction is null)?.StartMs;

    /// <summary>From an account's points.</summary>
    public static EquityCurve Of(
        long fromMs, long toMs, double start, IReadOnlyList<(long AtMs, double Equity)> points)
    {
        var (deepest, longest) = Drawdowns(fromMs, toMs, start, points);
        return new(DaysOf(fromMs, toMs, start, points), deepest, longest);
    }

    public static EquityCurve Of(BacktestOutcome outcome) => Of(outcome.FromMs, outcome.ToMs,
        (double)outcome.StartEquityUsd, [.. outcome.Equity.Select(point => (point.AtMs, (double)point.EquityUsd))]);

    // A point at midnight is the end of the day before.
    private static List<DayEquity> DaysOf(
        long fromMs, long toMs, double start, IReadOnlyList<(long AtMs, double Equity)> points)
    {
        var days = new List<DayEquity>();
        var at = 0;
        var before = start;
        for (var day = fromMs - fromMs % CandleInterval.DayMs; day < toMs; day += CandleInterval.DayMs)
        {
            var end = day + CandleInterval.DayMs;
            var isLast = end >= toMs;
            var equity = before;
            for (; at < points.Count && (isLast || points[at].AtMs <= end); at++) equity = points[at].Equity;
            var isWhole = fromMs <= day + NearMidnightMs && toMs >= end - NearMidnightMs;
            days.Add(new(day, before, equity, isWhole));
            before = equity;
        }

        return days;
    }

    private static (Drawdown Deepest, Drawdown Longest) Drawdowns(
        long fromMs, long toMs, double start, IReadOnlyList<(long AtMs, double Equity)> points)
    {
        var now = new Drawdown(0, 0, fromMs, fromMs, fromMs, true);
        var (deepest, longest) = (now, now);
        var peak = start;
        foreach (var (atMs, equity) in points)
        {
            if (equity >= peak)
            {
                if (now.DepthUsd > 0) Close(now with { EndMs = atMs });
                peak = equity;
                now = new(0, 0, atMs, atMs, atMs, true);
            }
            else if (peak - equity > now.DepthUsd)
            {
                now = now with { DepthUsd = peak - equity, DepthFraction = (peak - equity) / peak, TroughMs = atMs };
            }
        }

        if (now.DepthUsd > 0) Close(now with { EndMs = Math.Max(toMs, now.TroughMs), IsRecovered = false });
        return (deepest, longest);

        void Close(Drawdown ended)
        {
            if (ended.DepthFraction > deepest.DepthFraction) deepest = ended;
            if (ended.LengthMs > longest.LengthMs) longest = ended;
        }
    }
}

/// <summary>One UTC day of an account.</summary>
/// <param name="StartMs">Midnight, UTC epoch ms.</param>
/// <param name="Before">At the end of the day before, or the start, USD.</param>
/// <param name="Equity">At the day's or the run's end, USD.</param>
/// <param name="IsWhole">False for a first or last day that the run covers only in part.</param>
internal sealed record DayEquity(long StartMs, double Before, double Equity, bool IsWhole)
{
    /// <summary>Null when nothing was left to make a return on.</summary>
    public double? ReturnFraction => Before > 0 ? Equity / Before - 1 : null;
}
