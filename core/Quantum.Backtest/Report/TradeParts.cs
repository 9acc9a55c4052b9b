using Quantum.Backtest.Figures;
using Quantum.Backtest.Results;

namespace Quantum.Backtest.Report;

/// <summary>The report's trades: candles per symbol, and the table.</summary>
internal static class TradeParts
{
    private const int MostRows = 2000;

    /// <summary>Every symbol that was asked for or traded.</summary>
    public static List<Symbol> SymbolsOf(BacktestOutcome outcome) =>
        [.. outcome.Symbols.Concat(outcome.Trades.Select(trade => trade.Symbol)).Distinct()];

    public static void Of(Markup page, BacktestOutcome outcome, IReadOnlyList<DrawnTrade> drawn)
    {
        var count = outcome.Trades.Count;
        page.Section("Trades on candles", count == drawn.Count ? Said.Count(count, "closed trade", "closed trades")
            : $"the {Said.Count(drawn.Count)} largest of {Said.Count(count)} closed trades are drawn");
        page.Tags("<div class=\"head\"><div class=\"tabs\" id=\"symbols\" role=\"group\" aria-label=\"Symbol\">");
        foreach (var symbol in SymbolsOf(outcome))
            page.Tags("<button type=\"button\" aria-pressed=\"false\">").Text(symbol.Name).Tags("</button>");
        page.Tags("</div><span class=\"legend\"><span><i class=\"p\"></i>entry to exit</span><span><i "
            + "class=\"s\"></i>stop</span><span><i class=\"t\"></i>targets</span></span></div>");
        page.Tags("<noscript><p class=\"sub\">Candles are drawn by the page's own script; the table below has every "
            + "figure.</p></noscript><div class=\"candles\" id=\"overview\"></div><p class=\"sub\" id=\"said\" "
            + "aria-live=\"polite\"></p><div class=\"candles detail\" id=\"detail\"></div>");
        if (count == 0) page.Tags("<p class=\"sub\">No trade was closed.</p>");
        else Table(page, outcome, drawn);
        page.Tags("</section>\n");
    }

    private static void Table(Markup page, BacktestOutcome outcome, IReadOnlyList<DrawnTrade> drawn)
    {
        var places = SymbolsOf(outcome);
        var seen = drawn.Select(trade => trade.Index).ToHashSet();
        if (outcome.Trades.Count > MostRows)
        {
            page.Element("p", $"The first {Said.Count(MostRows)} of {Said.Count(outcome.Trades.Count)} trades are "
                + $"listed.",
                "sub");
        }

        page.Tags("<div class=\"scroll tall\" id=\"trades\" tabindex=\"0\" role=\"region\" aria-label=\"Closed "
            + "trades\">")
            .Head("Entered", "Symbol", "Side", "Regime", ">Entry", ">Exit", ">Held", "Ended by", ">R", ">Net USD", "");
        foreach (var (trade, index) in outcome.Trades.Take(MostRows).Select((trade, index) => (trade, index)))
        {
            var kind = trade.NetUsd > 0 ? "r up" : trade.NetUsd < 0 ? "r down" : "r";
            page.Tags($"<tr data-symbol=\"{places.IndexOf(trade.Symbol)}\" data-trade=\"{index}\">")
                .Element("td", Said.Minute(trade.EntryAtMs), "w").Element("td", trade.Symbol.Name)
                .Tags("<td>").Element("span", trade.Side == PositionSide.Long ? "LONG" : "SHORT", "badge").Tags("</td>")
                .Element("td", trade.Regime.ToString()).Element("td", Price(trade.EntryPrice), "r")
                .Element("td", Price(trade.ExitPrice), "r")
                .Element("td", Said.Span(trade.ExitAtMs - trade.EntryAtMs), "r").Element("td", trade.ExitReason)
                .Element("td", trade.RMultiple is { } r ? Said.Signed(r) : "no stop", kind)
                .Element("td", Said.SignedUsd(trade.NetUsd), kind).Tags("<td>");
            if (seen.Contains(index)) page.Tags("<button type=\"button\" hidden>Show</button>");
            page.Tags("</td></tr>");
        }

        page.Tags("</tbody></table></div>");
    }

    private static string Price(decimal price) =>
        price.ToString("#,0.########", System.Globalization.CultureInfo.InvariantCulture);
}
