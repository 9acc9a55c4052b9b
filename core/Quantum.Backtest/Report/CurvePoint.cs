using Quantum.Backtest.Results;

namespace Quantum.Backtest.Report;

/// <summary>One point of the account as it is drawn.</summary>
/// <param name="AtMs">UTC epoch ms.</param>
/// <param name="Equity">USD.</param>
/// <param name="Fall">Below the highest equity so far, fraction, 0 or more.</param>
public readonly record struct CurvePoint(long AtMs, double Equity, double Fall)
{
    private const int Buckets = 400;

    /// <summary>
    /// The account thinned to at most four points in each of 400 parts of the time: first, lowest, highest and last, so
    /// that no peak and no trough is lost.
    /// </summary>
    public static IReadOnlyList<CurvePoint> Of(BacktestOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var start = (double)outcome.StartEquityUsd;
        var all = new List<CurvePoint> { new(outcome.FromMs, start, 0) };
        var peak = start;
        foreach (var point in outcome.Equity)
        {
            var equity = (double)point.EquityUsd;
            peak = Math.Max(peak, equity);
            all.Add(new(point.AtMs, equity, (peak - equity) / peak));
        }

        if (all.Count <= Buckets * 4) return all;
        var span = Math.Max(all[^1].AtMs - all[0].AtMs, 1);
        return [.. all.GroupBy(point => (point.AtMs - all[0].AtMs) * (Buckets - 1) / span).SelectMany(Corners)];
    }

    private static IEnumerable<CurvePoint> Corners(IEnumerable<CurvePoint> bucket)
    {
        var points = bucket.ToList();
        return new[] { points[0], points.MinBy(p => p.Equity), points.MaxBy(p => p.Equity), points[^1] }
            .Distinct().OrderBy(point => point.AtMs);
    }
}
