using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Quantum.Backtest.Figures;
using Quantum.Backtest.Report;
using Quantum.Backtest.Results;

namespace Quantum.Backtest.Tests.Report;

public sealed class HtmlReportTests
{
    private const string Evil = "</script><img src=x onerror=alert(1)>\"'&";
    private static readonly BacktestOutcome s_outcome = MadeMarket.Of(40, 60, 7, "BTCUSDT", "ETHUSDT");
    private static readonly string s_page = Page(s_outcome);

    [Fact]
    public void The_page_asks_nobody_for_anything()
    {
        Assert.DoesNotMatch(new Regex(@"\s(src|href|srcset|action|poster|data)\s*=", RegexOptions.IgnoreCase), s_page);
        Assert.DoesNotMatch(new Regex(@"@import|url\(|fetch\(|XMLHttpRequest|WebSocket|<link|<base|<iframe|<object"),
            s_page);
        // The namespace of drawings is a name that no browser visits.
        Assert.DoesNotMatch(new Regex("https?:[/]{2}(?!www\\.w3\\.org/2000/svg\")"), s_page);
    }

    [Fact]
    public void The_content_policy_allows_the_pages_own_style_and_script_and_nothing_else()
    {
        var policy = Regex.Match(s_page, "Content-Security-Policy\" content=\"([^\"]+)\"").Groups[1].Value;
        var style = Regex.Match(s_page, "<style>(.*?)</style>", RegexOptions.Singleline).Groups[1].Value;
        var script = Regex.Match(s_page, "<script>(.*?)</script>", RegexOptions.Singleline).Groups[1].Value;
        Assert.Equal($"default-src 'none'; style-src '{Hash(style)}'; script-src '{Hash(script)}'; base-uri 'none'; "
            + "form-action 'none'", policy);
        Assert.DoesNotMatch(new Regex(@"<[^>]+\s(style|on\w+)\s*="), Outside(s_page));
    }

    [Fact]
    public void Somebodys_text_is_shown_and_never_obeyed()
    {
        var trade = s_outcome.Trades[0] with { ExitReason = Evil, Context = new(ModelName: Evil, SignalId: Evil) };
        var outcome = s_outcome with
        {
            Trades = [trade], Settings = [new(Evil, Evil, Evil, false)], StreamHash = Evil,
            Refusals = [new(Evil, Evil, Made.Btc, 1)],
            Assumptions = s_outcome.Assumptions with { Source = Evil, CandlePath = Evil, Notes = [Evil] },
        };
        var page = Page(outcome);
        Assert.DoesNotContain("<img", page);
        Assert.Equal(2, Regex.Count(page, "</script>"));
        Assert.Contains("&lt;/script&gt;&lt;img src=x", page);
        Assert.Contains(Evil, Facts(page).GetProperty("trades")[0].GetProperty("said").GetString());
        Balanced(page);
    }

    [Fact]
    public void The_page_is_well_formed_and_the_same_for_the_same_outcome()
    {
        Balanced(s_page);
        Assert.Equal(s_page, Page(MadeMarket.Of(40, 60, 7, "BTCUSDT", "ETHUSDT")));
        Assert.DoesNotContain("NaN", s_page);
        Assert.DoesNotContain("Infinity", Outside(s_page));
    }

    [Fact]
    public void Warnings_stand_above_every_figure()
    {
        var warning = WebUtility.HtmlEncode(BacktestFigures.Of(s_outcome).Warnings[0].Text);
        Assert.InRange(s_page.IndexOf(warning, StringComparison.Ordinal), 0,
            s_page.IndexOf("class=\"tiles\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_drawing_says_in_words_what_it_shows()
    {
        var drawings = Regex.Matches(Outside(s_page), "<svg class=[^>]+>");
        Assert.Equal(7, drawings.Count);
        Assert.All(drawings, drawing => Assert.Matches("role=\"img\" aria-label=\".{10,}\"", drawing.Value));
    }

    [Fact]
    public void A_trade_is_drawn_with_its_candles_stops_and_targets()
    {
        var facts = Facts(s_page);
        var drawn = facts.GetProperty("trades")[0];
        var trade = s_outcome.Trades[drawn.GetProperty("index").GetInt32()];
        Assert.Equal(trade.EntryAtMs, drawn.GetProperty("in").GetInt64());
        Assert.Equal(trade.Symbol.Name,
            facts.GetProperty("symbols")[drawn.GetProperty("symbol").GetInt32()].GetProperty("name").GetString());
        Assert.Equal((double)trade.Levels[0].StopPrice!.Value, drawn.GetProperty("levels")[0][1].GetDouble(), 3);
        Assert.Equal(3, drawn.GetProperty("levels")[0][2].GetArrayLength());
        Assert.InRange(drawn.GetProperty("bars").GetProperty("items").GetArrayLength(), 20, 90);
        Assert.InRange(drawn.GetProperty("bars").GetProperty("at").GetInt64(), trade.EntryAtMs - 2 * Made.Day,
            trade.EntryAtMs);
    }

    [Fact]
    public void A_long_run_makes_a_small_page_that_says_what_it_leaves_out()
    {
        var outcome = MadeMarket.Of(30, 2500, 7, "BTCUSDT", "ETHUSDT");
        var points = Enumerable.Range(0, 300_000).Select(i =>
            new EquityPoint(Made.Start + i * 8000L, 10_000m + i % 977, 10_000m, 0m)).ToList();
        points[150_001] = points[150_001] with { EquityUsd = 4_000m };
        var page = Page(outcome with { Equity = points });
        Assert.InRange(page.Length, 100_000, 3_000_000);
        Assert.Contains("the 400 largest of 5,000 closed trades are drawn", page);
        Assert.Contains("The first 2,000 of 5,000 trades are listed", page);
        var curve = Facts(page).GetProperty("curve").EnumerateArray().Select(p => p[1].GetDouble()).ToList();
        Assert.InRange(curve.Count, 400, 1600);
        Assert.Contains(4_000, curve);
        Assert.Contains(10_976, curve);
    }

    [Fact]
    public void A_run_in_which_nothing_happened_has_a_page_too()
    {
        var page = Page(Made.Days(10_000, 10_000));
        Balanced(page);
        Assert.Contains("No trade was closed", page);
        Assert.Contains("Nothing was refused", page);
        Assert.Contains("undefined", page);
        Assert.DoesNotContain("NaN", page);
    }

    [Fact]
    public void Candles_are_put_together_and_not_left_out()
    {
        var drawn = DrawnBars.Of(Made.Bars(Made.Btc, 1000, 100, 0.1), Made.Start, Made.Start + 1000 * 60_000L, 300);
        Assert.Equal((250, 4 * 60_000L), (drawn.Items.Count, drawn.Step));
        Assert.Equal([0, 100, 101.4, 99, 100.4], drawn.Items[0]);
        Assert.Empty(DrawnBars.Of(null, 0, 1, 5).Items);
    }

    private static string Page(BacktestOutcome outcome) => HtmlReport.Of(outcome, BacktestFigures.Of(outcome));

    private static JsonElement Facts(string page) => JsonDocument.Parse(
        Regex.Match(page, "id=\"facts\">(.*?)</script>", RegexOptions.Singleline).Groups[1].Value).RootElement;

    private static string Hash(string text) =>
        $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Outside(string page) =>
        Regex.Replace(page, "<(style|script)[ >].*?</\\1>", "", RegexOptions.Singleline);

    private static void Balanced(string page)
    {
        var open = new Stack<string>();
        foreach (Match tag in Regex.Matches(Outside(page), "<(/?)([a-z][a-z0-9]*)[^>]*?(/?)>"))
        {
            var name = tag.Groups[2].Value;
            if (tag.Groups[3].Length > 0 || name is "meta") continue;
            if (tag.Groups[1].Length == 0) open.Push(name);
            else Assert.Equal(open.Pop(), name);
        }

        Assert.Empty(open);
    }
}
