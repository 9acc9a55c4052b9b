using Quantum.Backtest.Figures;
using Quantum.Backtest.Results;

namespace Quantum.Backtest.Report;

/// <summary>The report's sections that are words, tables and bars.</summary>
internal static class ReportParts
{
    // R in steps of a half; what lies beyond stands at the ends.
    private const double StepR = 0.5;
    private const double LeastR = -4;
    private const double MostR = 8;

    // A longer table is opened by who wants it.
    private const int MostOpen = 8;

    public static void Warnings(Markup page, BacktestFigures figures)
    {
        if (figures.Warnings.Count == 0) return;
        page.Tags("<section class=\"warnings\" role=\"note\"><h2>Read this first</h2><ul>");
        foreach (var warning in figures.Warnings) page.Element("li", warning.Text);
        page.Tags("</ul></section>\n");
    }

    public static void Tiles(Markup page, BacktestFigures figures)
    {
        var trades = figures.Trades;
        var hold = figures.BuyAndHold.Count == 0 ? null : figures.BuyAndHold[0];
        page.Tags("<div class=\"tiles\">");
        Tile(page, "Return", Figure.Of(figures.ReturnFraction), Said.SignedPercent,
            hold?.ReturnFraction.Value is { } held ? $"hold {Said.SignedPercent(held)} · nothing 0.00 %"
            : "nothing 0.00 %",
            isSigned: true);
        Tile(page, "Sharpe a year", figures.Sharpe, Said.Number);
        Tile(page, "Sortino a year", figures.Sortino, Said.Number,
            figures.Calmar.Value is { } calmar ? $"Calmar {Said.Number(calmar)}" : null);
        Tile(page, "Deepest drawdown", Figure.Of(figures.DeepestDrawdown.DepthFraction), Said.Percent,
            figures.LongestDrawdown.DepthFraction > 0 ? $"longest {Said.Span(figures.LongestDrawdown.LengthMs)}"
            : "none");
        Tile(page, "Expectancy", trades.ExpectancyR, value => $"{Said.Signed(value)} R", isSigned: true);
        Tile(page, "Profit factor", trades.ProfitFactor, Said.Number, $"net {Said.SignedUsd(trades.NetUsd)} USD");
        Tile(page, "Closed trades", Figure.Of(trades.Trades), value => Said.Count((long)value),
            trades.WinRate.Value is { } rate ? $"{Said.Percent(rate)} won" : "nothing to judge");
        Tile(page, "Fees and funding", Figure.Of((double)(figures.FeesUsd - figures.FundingUsd)),
            value => $"{Said.Usd((decimal)value)} USD",
            $"fees {Said.Usd(figures.FeesUsd)} · funding {Said.SignedUsd(figures.FundingUsd)}");
        page.Tags("</div>\n");
    }

    public static void Months(Markup page, BacktestFigures figures)
    {
        page.Section("Months", "return of each UTC month; * is covered in part").Tags("<div class=\"scroll months\">")
            .Head(["Year", .. CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames.Take(12)
                .Select(name => $">{name}"), ">Year's"]);
        foreach (var year in figures.Months.GroupBy(month => month.Year))
        {
            page.Tags("<tr>").Element("th", year.Key.ToString(CultureInfo.InvariantCulture));
            for (var number = 1; number <= 12; number++)
            {
                var month = year.FirstOrDefault(m => m.Month == number);
                Month(page, month?.Return, month?.IsWhole == false ? "*" : "");
            }

            var whole = year.All(m => m.Return.Value is not null)
                ? Figure.Of(year.Aggregate(1.0, (all, m) => all * (1 + m.Return.Value!.Value)) - 1)
                : Figure.None("nothing was left");
            Month(page, whole, "");
            page.Tags("</tr>");
        }

        page.Tags("</tbody></table></div></section>\n");
    }

    public static void Groups(Markup page, BacktestOutcome outcome, BacktestFigures figures)
    {
        page.Tags("<div class=\"two\">");
        Distribution(page, outcome);
        Group(page, "By hour of entry, UTC", "by hour", figures.ByHour);
        page.Tags("</div><div class=\"two\">");
        Group(page, "By regime at entry", "by regime", figures.ByRegime);
        Group(page, "By exit", "by exit", figures.ByExit);
        page.Tags("</div>");
        Group(page, "By symbol", "by symbol", figures.BySymbol);
    }

    public static void AllFigures(Markup page, BacktestFigures figures)
    {
        page.Tags("<div class=\"two\">").Section("Every figure", "with one standard error where it has one");
        Lines(page, FigureLines.Of(figures));
        page.Section("Beside it", "what doing something simpler would have made");
        Lines(page, FigureLines.Beside(figures));
        page.Tags("</div>");
    }

    public static void Refusals(Markup page, BacktestFigures figures)
    {
        page.Section("Refusals", $"{Said.Count(figures.Refusals.Sum(line => line.Count))} by gate and reason");
        if (figures.Refusals.Count == 0)
        {
            page.Tags("<p class=\"sub\">Nothing was refused.</p></section>\n");
            return;
        }

        page.Tags("<div class=\"scroll\">").Head("Gate", "Reason", "Because", ">Count", "By symbol");
        foreach (var line in figures.Refusals)
        {
            page.Row((line.Gate, null), (line.ReasonCode, null), (line.Meaning ?? "", "long"),
                (Said.Count(line.Count), "r"),
                (string.Join(", ", line.BySymbol.Take(6).Select(c => $"{c.Symbol} {Said.Count(c.Count)}"))
                    + (line.BySymbol.Count > 6 ? $" and {line.BySymbol.Count - 6} more" : ""), "long"));
        }

        page.Tags("</tbody></table></div></section>\n");
    }

    public static void Assumptions(Markup page, BacktestOutcome outcome)
    {
        var made = outcome.Assumptions;
        page.Section("What was assumed", "what the recording does not tell");
        Lines(page,
        [
            ("played", $"{made.Source}, {Said.Count(made.Candles, "candle", "candles")}"),
            ("inside a candle", made.CandlePath ?? "nothing: trades were recorded"),
            ("walked", $"{Said.Count(made.WalkedCandles)} candles with something at stake, "
                + $"{Said.Count(made.AmbiguousCandles)} of them with both stop and target"),
            ("fees", $"{Said.Number((double)made.TakerFeeFraction * 10_000)} bps to take, "
                + $"{Said.Number((double)made.MakerFeeFraction * 10_000)} bps to make"),
            ("half the spread", made.HalfSpreadBps is { } half ? $"{Said.Number(half)} bps"
            : "from the recorded books"),
            .. made.Notes.Select(note => ("also", note)),
        ]);
    }

    public static void Settings(Markup page, BacktestOutcome outcome)
    {
        page.Section("Settings", "in force; those that were set are marked").Tags(
            "<div class=\"scroll tall\" tabindex=\"0\" "
            + "role=\"region\" aria-label=\"Settings\">").Head("Section", "Setting", "Value", "");
        foreach (var setting in outcome.Settings)
        {
            page.Row((setting.Section, null), (setting.Name, null), (setting.Value, "long"),
                (setting.IsDefault ? "" : "set", null));
        }

        page.Tags("</tbody></table></div></section>\n");
    }

    private static void Tile(
        Markup page, string name, Figure figure, Func<double, string> said, string? note = null, bool isSigned = false)
    {
        var kind = figure.Value switch { null => " none", > 0 when isSigned => " up", < 0 when isSigned => " down",
            _ => "" };
        page.Tags("<div class=\"tile\">").Element("div", name, "k")
            .Element("div", figure.Value is { } value ? said(value) : "undefined", $"v{kind}");
        var beside = figure.StandardError is { } error ? $"± {Said.Number(error)} standard error" : figure.Undefined;
        page.Element("div", string.Join(" · ", new[] { beside, note }.Where(text => text is not null)), "n").Tags(
            "</div>");
    }

    private static void Month(Markup page, Figure? made, string mark)
    {
        var kind = made?.Value switch
        {
            null or 0 => null,
            > 0.1 => "up3", > 0.03 => "up2", > 0 => "up1", < -0.1 => "down3", < -0.03 => "down2", _ => "down1",
        };
        page.Element("td", made is null ? "" : made.Value.Value is { } value ? Said.SignedPercent(value) + mark
            : "lost", kind);
    }

    private static void Distribution(Markup page, BacktestOutcome outcome)
    {
        var all = outcome.Trades.Where(t => t.RMultiple is not null).Select(t => t.RMultiple!.Value).ToList();
        page.Section("Distribution of R", $"{Said.Count(all.Count, "trade", "trades")} with a stop, by half an R");
        if (all.Count == 0)
        {
            page.Tags("<p class=\"sub\">No trade had a stop to measure R by.</p></section>\n");
            return;
        }

        var bins = all.Select(r => Math.Floor(Math.Clamp(r, LeastR, MostR) / StepR)).ToList();
        var bars = new List<(string, double, bool, string)>();
        for (var bin = bins.Min(); bin <= bins.Max(); bin++)
        {
            var (from, count) = (bin * StepR, bins.Count(b => b == bin));
            var beyond = from <= LeastR ? " or less" : from >= MostR ? " or more" : $" to {Said.Number(from + StepR)}";
            bars.Add((Said.Number(from), count, from >= 0,
                $"{Said.Number(from)}{beyond} R: {Said.Count(count, "trade", "trades")}"));
        }

        BarChart.Draw(page, "Trades by R: " + string.Join(", ", bars.Select(bar => bar.Item4)) + ".", bars, "");
        page.Tags("</section>\n");
    }

    private static void Group(Markup page, string title, string of, IReadOnlyList<TradeGroup> groups)
    {
        page.Section(title, "net USD");
        if (groups.Count == 0)
        {
            page.Tags("<p class=\"sub\">No trade was closed.</p></section>\n");
            return;
        }

        BarChart.Draw(page, of, groups);
        page.Tags(groups.Count > MostOpen ? "<details><summary>Table</summary><div class=\"scroll\">"
            : "<div class=\"scroll\">").Head("", ">Trades", ">Won", ">Net USD", ">Fees", ">R");
        foreach (var (key, made) in groups)
        {
            page.Row((key, null), (Said.Count(made.Trades), "r"),
                (made.WinRate.Value is { } rate ? Said.Percent(rate) : "", "r"), (Said.SignedUsd(made.NetUsd), "r"),
                (Said.Usd(made.FeesUsd), "r"), (made.ExpectancyR.Value is { } mean ? Said.Signed(mean) : "", "r"));
        }

        page.Tags("</tbody></table></div>").Tags(groups.Count > MostOpen ? "</details>" : "").Tags("</section>\n");
    }

    private static void Lines(Markup page, IEnumerable<(string Name, string Value)> lines)
    {
        page.Tags("<dl>");
        foreach (var (name, value) in lines) page.Element("dt", name).Element("dd", value);
        page.Tags("</dl></section>\n");
    }
}
