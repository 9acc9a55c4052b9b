using Quantum.Backtest.Figures;
using Quantum.Backtest.Results;
using Quantum.Feeds;

namespace Quantum.Backtest.Report;

/// <summary>
/// Equity and drawdown. Lines are drawn in a space of 1000 by 100 that stretches, texts at percents that do not: the
/// page needs no script to fit any width.
/// </summary>
internal static class EquityChart
{
    private const int Width = 1000;

    public static void Draw(
        Markup page, BacktestOutcome outcome, BacktestFigures figures, IReadOnlyList<CurvePoint> curve)
    {
        var (from, to) = (outcome.FromMs, Math.Max(outcome.ToMs, curve[^1].AtMs));
        var start = (double)outcome.StartEquityUsd;
        var hold = HoldFigures.MeanWay(outcome).ConvertAll(point => (point.AtMs, Value: point.Equity * start));
        if (hold.Count > 0) hold.Insert(0, (from, start));
        var scale = PlotScale.Over([.. curve.Select(point => point.Equity), .. hold.Select(point => point.Value),
            start]);
        var spoken = $"Equity from {Said.Usd(figures.StartUsd)} to {Said.Usd(figures.EndUsd)} USD, "
            + $"{Said.Day(from)} to {Said.Day(to)}.";
        Open(page, "plot", spoken);
        Lines(page, scale, 5, "");
        page.Tags($"<line class=\"nothing\" x1=\"0\" x2=\"100%\" y1=\"{Percent(scale.Down(start))}\" "
            + $"y2=\"{Percent(scale.Down(start))}\"/>");
        var line = Path(curve.Select(point => (point.AtMs, scale.Down(point.Equity))), from, to);
        page.Tags($"<svg viewBox=\"0 0 {Width} 100\" preserveAspectRatio=\"none\">");
        page.Tags($"<path class=\"under\" d=\"{line}V100H0Z\"/>");
        var held = Path(hold.Select(point => (point.AtMs, scale.Down(point.Value))), from, to);
        if (hold.Count > 0) page.Tags($"<path class=\"hold\" d=\"{held}\"/>");
        page.Tags($"<path class=\"equity\" d=\"{line}\"/></svg>");
        page.Tags("<line class=\"cursor\" y1=\"0\" y2=\"100%\"/></svg>");
        DrawFalls(page, figures, curve, from, to);
    }

    private static void DrawFalls(
        Markup page, BacktestFigures figures, IReadOnlyList<CurvePoint> curve, long from, long to)
    {
        var deepest = Math.Max(curve.Max(point => point.Fall), 1e-4);
        var scale = new PlotScale(-deepest * 100 * 1.1, 0);
        Open(page, "plot low", figures.DeepestDrawdown.DepthFraction <= 0 ? "Drawdown: none."
            : $"Drawdown, deepest {Said.Percent(figures.DeepestDrawdown.DepthFraction)} at "
                + $"{Said.Minute(figures.DeepestDrawdown.TroughMs)}.");
        Lines(page, scale, 3, " %");
        page.Tags($"<svg viewBox=\"0 0 {Width} 100\" preserveAspectRatio=\"none\">");
        var line = Path(curve.Select(point => (point.AtMs, scale.Down(-point.Fall * 100))), from, to);
        page.Tags($"<path class=\"fall\" d=\"M0,0{line.Replace('M', 'L')}V0Z\"/></svg>");
        Times(page, from, to);
        page.Tags("<line class=\"cursor\" y1=\"0\" y2=\"100%\"/></svg>");
    }

    private static void Open(Markup page, string kind, string spoken) =>
        page.Tags($"<svg class=\"{kind}\" role=\"img\" aria-label=\"").Text(spoken).Tags("\">");

    private static void Lines(Markup page, PlotScale scale, int most, string unit)
    {
        foreach (var mark in scale.Marks(most))
        {
            var at = Percent(scale.Down(mark));
            page.Tags($"<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"{at}\" y2=\"{at}\"/>")
                .Tags($"<text x=\"4\" dy=\"-4\" y=\"{at}\">").Text(scale.Label(mark, unit)).Tags("</text>");
        }
    }

    private static void Times(Markup page, long from, long to)
    {
        var format = to - from < 4 * CandleInterval.DayMs ? (Func<long, string>)Said.Minute : Said.Day;
        foreach (var (share, anchor) in new[] { (0.0, "start"), (0.5, "middle"), (1.0, "end") })
        {
            page.Tags($"<text x=\"{Percent(share * 100)}\" y=\"100%\" dy=\"-4\" text-anchor=\"{anchor}\">")
                .Text(format(from + (long)((to - from) * share))).Tags("</text>");
        }
    }

    private static string Path(IEnumerable<(long AtMs, double Down)> points, long from, long to)
    {
        var path = new StringBuilder();
        foreach (var (atMs, down) in points)
        {
            var across = (double)(atMs - from) / (to - from) * Width;
            path.Append(path.Length == 0 ? 'M' : 'L')
                .Append(CultureInfo.InvariantCulture, $"{Markup.At(across)},{Markup.At(down)}");
        }

        return path.ToString();
    }

    private static string Percent(double value) => $"{Markup.At(value)}%";
}
