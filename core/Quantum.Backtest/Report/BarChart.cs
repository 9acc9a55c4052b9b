using Quantum.Backtest.Figures;

namespace Quantum.Backtest.Report;

/// <summary>Bars beside each other, above zero what gained and below what lost.</summary>
internal static class BarChart
{
    // Room for the labels, of the drawing's height.
    private const double LabelRoom = 0.12;

    // The uppermost number stands above its line.
    private const double Air = 0.1;

    /// <param name="page">Where it is drawn.</param>
    /// <param name="spoken">What it says, for who cannot see it.</param>
    /// <param name="bars">Label, value, whether it counts as gain, and what a pointer is told.</param>
    /// <param name="unit">Behind the numbers of the scale.</param>
    public static void Draw(
        Markup page, string spoken, IReadOnlyList<(string Label, double Value, bool IsGain, string Told)> bars,
        string unit)
    {
        var values = PlotScale.Over([.. bars.Select(bar => bar.Value), 0], Air);
        var scale = values with { Low = values.Low - (values.High - values.Low) * LabelRoom };
        page.Tags("<svg class=\"plot bars\" role=\"img\" aria-label=\"").Text(spoken).Tags("\">");
        foreach (var mark in scale.Marks(5).Where(mark => mark >= values.Low))
        {
            var at = Markup.At(scale.Down(mark));
            page.Tags($"<line class=\"{(mark == 0 ? "zero" : "grid")}\" x1=\"0\" x2=\"100%\" y1=\"{at}%\" "
                + $"y2=\"{at}%\"/>")
                .Tags($"<text x=\"2\" dy=\"-3\" y=\"{at}%\">").Text(scale.Label(mark, unit)).Tags("</text>");
        }

        var width = 92.0 / Math.Max(bars.Count, 1);
        var every = (bars.Count + 7) / 8;
        for (var i = 0; i < bars.Count; i++)
        {
            var (label, value, isGain, told) = bars[i];
            var top = scale.Down(Math.Max(value, 0));
            var left = 8 + i * width;
            page.Tags($"<rect class=\"{(isGain ? "gain" : "loss")}\" x=\"{Markup.At(left + width * 0.15)}%\" "
                    + $"y=\"{Markup.At(top)}%\" width=\"{Markup.At(Math.Min(width * 0.7, 9))}%\" "
                    + $"height=\"{Markup.At(Math.Max(scale.Down(Math.Min(value, 0)) - top, 0.4))}%\" "
                    + $"rx=\"1.5\"><title>")
                .Text(told).Tags("</title></rect>");
            if (i % every != 0) continue;
            page.Tags($"<text x=\"{Markup.At(left + width * 0.15 + Math.Min(width * 0.35, 4.5))}%\" y=\"100%\" "
                + $"dy=\"-4\" "
                + "text-anchor=\"middle\">").Text(label).Tags("</text>");
        }

        page.Tags("</svg>");
    }

    /// <summary>What groups of trades made, USD net.</summary>
    public static void Draw(Markup page, string of, IReadOnlyList<TradeGroup> groups) => Draw(page,
        $"Net PnL {of}: " + string.Join(", ", groups.Select(g => $"{g.Key} {Said.Usd(g.Figures.NetUsd)} USD")) + ".",
        [.. groups.Select(group => (group.Key, (double)group.Figures.NetUsd, group.Figures.NetUsd >= 0m,
            $"{group.Key}: {Said.Usd(group.Figures.NetUsd)} USD net, "
            + $"{Said.Count(group.Figures.Trades, "trade", "trades")}"))],
        "");
}
