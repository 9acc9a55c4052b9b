using System.Globalization;
using System.Xml.Linq;
using Quantum.Backtest.Report;

namespace Quantum.Backtest.Tests.Report;

/// <summary>A picture of trends stands by itself and shows every value where it belongs.</summary>
public class TrendChartTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Every_line_is_drawn_named_and_in_proportion()
    {
        var drawn = XElement.Parse(TrendChart.Draw("what <grew>", "hours",
        [
            new("Memory, MB", [new("a & b", [(0, 0), (1, 50), (2, 100)]), new("flat", [(0, 100), (2, 100)])]),
            new("Handles", [new("none", []), new("one", [(3, 7)])]),
        ]));
        Assert.Equal("what <grew>", drawn.Attribute("aria-label")!.Value);
        var texts = drawn.Elements(s_svg + "text").Select(text => text.Value).ToList();
        foreach (var text in (string[])["Memory, MB", "a & b", "flat", "Handles", "one", "hours"])
            Assert.Contains(text, texts);
        Assert.DoesNotContain("none", texts);
        var paths = drawn.Elements(s_svg + "path").Select(path => PointsOf(path.Attribute("d")!.Value)).ToList();
        Assert.Equal([3, 2, 1], paths.Select(path => path.Length));
        var (rising, flat) = (paths[0], paths[1]);
        Assert.Equal(flat[0].Y, flat[1].Y);
        Assert.Equal(flat[0].Y, rising[2].Y);
        Assert.Equal((rising[0].Y + rising[2].Y) / 2, rising[1].Y, 1);
        Assert.Equal((rising[0].X + rising[2].X) / 2, rising[1].X, 1);
        Assert.True(rising[0].Y > rising[2].Y, "more stands higher");
    }

    private static (double X, double Y)[] PointsOf(string path) =>
    [
        .. path.Split(['M', 'L'], StringSplitOptions.RemoveEmptyEntries).Select(point => point.Split(','))
            .Select(pair => (double.Parse(pair[0], CultureInfo.InvariantCulture),
                double.Parse(pair[1], CultureInfo.InvariantCulture))),
    ];
}
