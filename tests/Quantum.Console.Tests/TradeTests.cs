using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Quantum.Console.Tests.Harness;

namespace Quantum.Console.Tests;

/// <summary>The page of one symbol: its candles with their regimes, and what works at the venue.</summary>
[Collection(nameof(LiveGroup))]
public sealed class TradeTests(LiveSystem system)
{
    private const int Minute = 60_000;
    private const string Symbol = LiveSystem.Symbol;

    [BrowserFact]
    public async Task The_resting_stop_of_a_position_is_among_its_working_orders_with_its_protection()
    {
        await system.PositionAsync();
        await using var page = await system.Browser!.OpenAsync(system.Console, "trade/" + Symbol);
        var row = "[role=region][aria-label='Working orders'] tr";
        await page.SeesAsync(row, "stop market");
        foreach (var part in (string[])["SELL", "reduces only", "known"]) await page.SeesAsync(row, part);
        await page.SeesAsync("[aria-label=Positions] tr", "✓ confirmed");
        Assert.Matches("[0-9]+ (s|min)|now", await page.Of(row + " td[data-label=Age]").First.InnerTextAsync());
        Assert.Empty(page.Faults);
    }

    [BrowserFact]
    public async Task The_chart_keeps_its_candles_while_others_come_and_shades_their_regimes()
    {
        using var redis = new OwnRedis();
        redis.Call("HSET", "quantum:topology", "system", "quantum", "mode", "paper", "shards", "1", "time", "real");
        var start = (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / Minute - 600) * Minute;
        Regime(redis, start + 30 * Minute, "bull");
        Regime(redis, start + 60 * Minute, "volatile");
        Candles(redis, start, 0, 120);
        using var console = await ServiceRun.StartAsync("console", $"ConnectionStrings:redis={redis.Connection}");
        await using var page = await system.Browser!.OpenAsync(console, "trade/" + Symbol);
        await Eventually.TrueAsync(async () => await CountAsync(page) == 120, what: "120 candles are drawn");
        var from = await page.Of(".chart").GetAttributeAsync("data-from");
        await page.SeesAsync(".regimes", "bull");
        await page.SeesAsync(".regimes", "volatile");
        await page.Page.EvaluateAsync("document.querySelector('.chart canvas').dataset.same = 'yes'");
        // More at once than a look apart brings, as of a tape that runs fast.
        Candles(redis, start, 120, 30);
        await Eventually.TrueAsync(async () => await CountAsync(page) == 150, what: "every candle that came is drawn");
        // More than a picture holds: those that it begins after stay.
        Candles(redis, start, 150, 450);
        await Eventually.TrueAsync(async () => await CountAsync(page) == 600, what: "the first candles are kept");
        Assert.Equal(from, await page.Of(".chart").GetAttributeAsync("data-from"));
        Assert.Equal(1, await page.Of(".chart canvas[data-same=yes]").CountAsync());
        Assert.Empty(page.Faults);

        var told = await console.Http.GetFromJsonAsync<JsonElement>(
            new Uri($"/api/v1/candles/{Symbol}?limit=600", UriKind.Relative));
        var candles = told.GetProperty("candles").EnumerateArray().ToList();
        Assert.Equal(600, candles.Count);
        Assert.Equal(start, candles[0].GetProperty("openTimeMs").GetInt64());
        string[] regimes = [.. candles.Select(candle => candle.GetProperty("regime").GetString()!)];
        Assert.Equal(("unknown", "bull", "volatile"), (regimes[10], regimes[40], regimes[^1]));
        Assert.Equal(29, Array.LastIndexOf(regimes, "unknown") + 1);
    }

    private static async Task<int> CountAsync(WatchedPage page) =>
        int.TryParse(await page.Of(".chart").GetAttributeAsync("data-candles"), CultureInfo.InvariantCulture,
            out var count) ? count : 0;

    private static void Regime(OwnRedis redis, long atMs, string regime) => Add(
        redis, "meta.regime", atMs, "symbol", Symbol, "regime", regime, "confidence", "0.7", "samples", "50",
        "previous_regime", "unknown");

    private static void Candles(OwnRedis redis, long start, int first, int count)
    {
        for (var i = first; i < first + count; i++)
        {
            var from = start + i * (long)Minute;
            var price = 2.5 + Math.Sin(i / 9.0) * 0.1;
            Add(redis, "market.klines", from + Minute, "symbol", Symbol, "interval", "1m", "open_time_ms", Text(from),
                "close_time_ms", Text(from + Minute), "open", Text(price), "high", Text(price + 0.01), "low",
                Text(price - 0.01), "close", Text(price + 0.005), "volume", "10", "gap_before", "false");
        }
    }

    private static void Add(OwnRedis redis, string stream, long atMs, params string[] fields) => redis.Call(
    [
        "XADD", "quantum:stream:" + stream, "*", "event_id", $"{stream}-{atMs}", "ts", Text(atMs), "source", "test",
        "mode", "paper", "v", "1", "correlation_id", "", "causation_id", "", "traceparent", "", .. fields,
    ]);

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
