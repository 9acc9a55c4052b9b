namespace Quantum.Backtest.Report;

/// <summary>One line of a trend: what it is and how it went.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Points">Places across and values, in the order of the places.</param>
public sealed record TrendLine(string Name, IReadOnlyList<(double Across, double Value)> Points);

/// <summary>Lines over one scale.</summary>
/// <param name="Title">What is drawn, with its unit.</param>
/// <param name="Lines">At least one; those without points are left out.</param>
public sealed record TrendPanel(string Title, IReadOnlyList<TrendLine> Lines);

/// <summary>
/// Panels of lines above each other as one SVG that needs nothing else, for a page of documentation. It fits light and
/// dark.
/// </summary>
public static class TrendChart
{
    private const int Width = 1000;
    private const int Plot = 760;
    private const int Height = 240;
    private const int Head = 40;
    private const int Gap = 70;
    private const int LegendStep = 17;
    private const int Hues = 12;

    /// <summary>Draws the panels.</summary>
    /// <param name="title">Read out in place of the picture.</param>
    /// <param name="across">What the places are, with their unit.</param>
    /// <param name="panels">From top to bottom.</param>
    public static string Draw(string title, string across, IReadOnlyList<TrendPanel> panels)
    {
        ArgumentNullException.ThrowIfNull(panels);
        var page = new Markup();
        var tall = panels.Sum(RoomOf);
        page.Tags($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {tall}\" role=\"img\" ")
            .Tags("aria-label=\"").Text(title)
            .Tags("\"><style>text{font:12px sans-serif;fill:#444}.t{font-weight:bold;font-size:14px}")
            .Tags(".g{stroke:#8884}path{fill:none;stroke-width:1.5}")
            .Tags("@media(prefers-color-scheme:dark){text{fill:#bbb}}</style>");
        var top = 0;
        foreach (var panel in panels)
        {
            Draw(page, panel, across, top + Head);
            top += RoomOf(panel);
        }

        return page.Tags("</svg>").ToString();
    }

    private static int RoomOf(TrendPanel panel) =>
        Head + Math.Max(Height, panel.Lines.Count * LegendStep) + Gap;

    private static void Draw(Markup page, TrendPanel panel, string across, int top)
    {
        TrendLine[] lines = [.. panel.Lines.Where(static line => line.Points.Count > 0)];
        var all = lines.SelectMany(static line => line.Points);
        var up = PlotScale.Over([0, .. all.Select(static point => point.Value)], air: 0.02);
        var right = PlotScale.Over(all.Select(static point => point.Across), air: 0);
        Text(page, 0, top - 14, panel.Title, "t");
        foreach (var mark in up.Marks(5))
        {
            var at = top + up.Down(mark) * Height / 100;
            page.Tags($"<line class=\"g\" x1=\"0\" x2=\"{Plot}\" y1=\"{Markup.At(at)}\" y2=\"{Markup.At(at)}\"/>");
            Text(page, 2, at - 3, up.Label(mark));
        }

        foreach (var mark in right.Marks(8)) Text(page, Left(right, mark), top + Height + 16, right.Label(mark));
        Text(page, 0, top + Height + 34, across);
        for (var i = 0; i < lines.Length; i++)
        {
            var colour = string.Create(
                CultureInfo.InvariantCulture, $"hsl({i % Hues * 360 / Hues} 65% {(i < Hues ? 45 : 65)}%)");
            page.Tags($"<path stroke=\"{colour}\" d=\"{Path(lines[i], right, up, top)}\"/>")
                .Tags($"<rect x=\"{Plot + 16}\" y=\"{top + i * LegendStep}\" width=\"12\" height=\"4\" ")
                .Tags($"fill=\"{colour}\"/>");
            Text(page, Plot + 34, top + i * LegendStep + 6, lines[i].Name);
        }
    }

    private static string Path(TrendLine line, PlotScale right, PlotScale up, int top)
    {
        var path = new StringBuilder();
        foreach (var (across, value) in line.Points)
            path.Append(path.Length == 0 ? 'M' : 'L').Append(
                $"{Markup.At(Left(right, across))},{Markup.At(top + up.Down(value) * Height / 100)}");
        return path.ToString();
    }

    private static double Left(PlotScale right, double across) => Plot - right.Down(across) * Plot / 100;

    private static void Text(Markup page, double x, double y, string text, string? kind = null)
    {
        page.Tags($"<text x=\"{Markup.At(x)}\" y=\"{Markup.At(y)}\"");
        if (kind is not null) page.Tags($" class=\"{kind}\"");
        page.Tags(">").Text(text).Tags("</text>");
    }
}
