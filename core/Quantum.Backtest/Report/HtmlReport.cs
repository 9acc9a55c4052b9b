using System.Reflection;
using System.Security.Cryptography;
using Quantum.Backtest.Figures;
using Quantum.Backtest.Results;

namespace Quantum.Backtest.Report;

/// <summary>
/// One HTML file that says all of a backtest and asks nobody for anything: style, script and drawings are inside, and
/// its content policy allows no more than those. The same outcome makes the same bytes.
/// </summary>
public static class HtmlReport
{
    private const int MostDrawn = 400;
    private const int MostBars = 260;

    /// <summary>The page.</summary>
    public static string Of(BacktestOutcome outcome, BacktestFigures figures)
    {
        var (style, script) = (Resource("report.css"), Resource("report.js"));
        var curve = CurvePoint.Of(outcome);
        var drawn = DrawnOf(outcome);
        var title = $"Backtest of {Names(outcome)}, {Said.Day(outcome.FromMs)} to {Said.Day(outcome.ToMs - 1)}";
        var page = new Markup();
        page.Tags("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Tags("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                + $"style-src '{HashOf(style)}'; script-src '{HashOf(script)}'; base-uri 'none'; form-action "
                + $"'none'\">\n")
            .Tags("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Element("title", title).Tags($"\n<style>{style}</style>\n</head>\n<body>\n");
        page.Tags("<header><div><h1>Backtest</h1>").Element("span", $"{Names(outcome)} · {Said.Minute(outcome.FromMs)} "
            + $"to {Said.Minute(outcome.ToMs)} UTC · {outcome.Assumptions.Source}", "sub")
            .Tags("<button id=\"theme\" type=\"button\" hidden>Light</button></div></header>\n<main class=\"page\">\n");
        ReportParts.Warnings(page, figures);
        ReportParts.Tiles(page, figures);
        Account(page, outcome, figures, curve);
        ReportParts.Months(page, figures);
        TradeParts.Of(page, outcome, drawn);
        ReportParts.Groups(page, outcome, figures);
        ReportParts.AllFigures(page, figures);
        ReportParts.Refusals(page, figures);
        ReportParts.Assumptions(page, outcome);
        ReportParts.Settings(page, outcome);
        page.Tags("<footer>").Text("How each figure is defined: docs/BACKTEST.md."
                + (outcome.StreamHash is { } hash ? $" Hash over the streams: {hash}." : "")).Tags(
                "</footer>\n</main>\n")
            .Tags($"<script type=\"application/json\" id=\"facts\">{Facts(outcome, curve, drawn)}</script>\n")
            .Tags($"<script>{script}</script>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static void Account(
        Markup page, BacktestOutcome outcome, BacktestFigures figures, IReadOnlyList<CurvePoint> curve)
    {
        page.Tags("<section><div class=\"head\"><h2>Equity and drawdown</h2><span class=\"legend\">"
            + "<span><i class=\"e\"></i>equity</span>");
        if (figures.BuyAndHold.Any(hold => hold.ReturnFraction.Value is not null))
            page.Tags("<span><i class=\"h\"></i>").Text(outcome.Bars.Count > 1 ? "hold equal parts" : "hold").Tags(
            "</span>");
        page.Tags("<span><i class=\"z\"></i>do nothing</span></span></div><div class=\"chart\">");
        EquityChart.Draw(page, outcome, figures, curve);
        page.Tags("</div><div class=\"read\" id=\"read\"></div></section>\n");
    }

    // Bounded: the page stays small whatever the run.
    private static IReadOnlyList<DrawnTrade> DrawnOf(BacktestOutcome outcome)
    {
        var bars = outcome.Bars.GroupBy(b => b.Symbol).ToDictionary(group => group.Key, group => group.First());
        var places = TradeParts.SymbolsOf(outcome);
        return [.. outcome.Trades.Select((trade, index) => (trade, index))
            .OrderByDescending(item => Math.Abs(item.trade.NetUsd)).Take(MostDrawn).OrderBy(item => item.index)
            .Select(item => DrawnTrade.Of(item.index, places.IndexOf(item.trade.Symbol), item.trade,
                bars.GetValueOrDefault(item.trade.Symbol)))];
    }

    // The default encoder leaves no character that could end the element.
    private static string Facts(
        BacktestOutcome outcome, IReadOnlyList<CurvePoint> curve, IReadOnlyList<DrawnTrade> drawn) =>
        JsonSerializer.Serialize(new
        {
            From = outcome.FromMs, To = Math.Max(outcome.ToMs, curve[^1].AtMs),
            Curve = curve.Select(p => new[] { p.AtMs, Math.Round(p.Equity, 2), Math.Round(p.Fall, 6) }),
            Symbols = TradeParts.SymbolsOf(outcome).Select(symbol => new
            {
                symbol.Name,
                Bars = DrawnBars.Of(outcome.Bars.FirstOrDefault(b => b.Symbol == symbol), outcome.FromMs, outcome.ToMs,
                    MostBars),
            }),
            Trades = drawn,
        }, JsonSerializerOptions.Web);

    private static string Names(BacktestOutcome outcome) => outcome.Symbols.Count <= 6
        ? string.Join(", ", outcome.Symbols)
        : $"{string.Join(", ", outcome.Symbols.Take(5))} and {outcome.Symbols.Count - 5} more";

    private static string HashOf(string text) =>
        $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the resource {name} is not in the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
