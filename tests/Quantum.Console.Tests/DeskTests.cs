using System.Globalization;
using System.Text.Json;
using Quantum.Console.Tests.Harness;

namespace Quantum.Console.Tests;

/// <summary>What a trader at a desk reads: whole, and nothing that there is, is said not to be.</summary>
public sealed class DeskTests
{
    private const string Missed = "NEARUSDT";

    private static readonly (string Path, string Table)[] s_widest =
        [("", "Trades"), ("why-not", "Gates"), ("models", "Candidates"), ("system", "Services")];

    [BrowserFact]
    public async Task A_symbols_last_trades_are_its_own_however_many_of_others_came_since()
    {
        using var redis = new OwnRedis();
        Mark(redis);
        redis.Trade("near-1", NowMs() - 3_600_000, "7.6", "0.18");
        for (var i = 0; i < 20; i++) Close(redis, $"btc-{i}");
        using var console = await ServiceRun.StartAsync("console", $"ConnectionStrings:redis={redis.Connection}");
        await using var browser = await Browser.StartAsync();
        await using var page = await browser.OpenAsync(console, "trade/" + Missed);
        await page.SeesAsync("[role=region][aria-label=Trades] tr", "+7.60");
        await page.GoAsync("journal");
        await page.SeesAsync("[role=region][aria-label=Trades] tr", "+7.60");
        await page.Of("input[type=search]").FillAsync("nowhere");
        await page.SeesAsync("main .none", "No trade is like that");
        Assert.Empty(page.Faults);
    }

    [BrowserFact]
    public async Task At_1280_pixels_no_table_is_cut_off()
    {
        using var redis = new OwnRedis();
        LearntRedis.Fill(redis);
        Mark(redis);
        Close(redis, "btc-1");
        Gate(redis);
        Hold(redis);
        using var console = await ServiceRun.StartAsync("console", $"ConnectionStrings:redis={redis.Connection}");
        await using var browser = await Browser.StartAsync();
        await using var page = await browser.OpenAsync(console, "");
        foreach (var (path, table) in s_widest)
        {
            await page.GoAsync(path);
            await page.SeesAsync($"[role=region][aria-label='{table}'] td", "");
            var (shown, whole) =
                (await WidthAsync(page, table, "clientWidth"), await WidthAsync(page, table, "scrollWidth"));
            Assert.True(whole <= shown, $"{table} is {whole} wide and {shown} of it are shown");
        }
    }

    [BrowserFact]
    public async Task On_a_phone_no_row_of_Flow_grows_while_its_readers_fall_behind()
    {
        using var redis = new OwnRedis();
        Mark(redis);
        Add(redis, "market.tick", "t-0", "symbol", Missed, "price", "2.5");
        foreach (var reader in (string[])["execution", "exitbrain", "portfolio", "sim_venue"])
            redis.Call("XGROUP", "CREATE", "quantum:stream:market.tick", $"quantum:group:{reader}:market.tick", "$");
        using var console = await ServiceRun.StartAsync("console", $"ConnectionStrings:redis={redis.Connection}");
        await using var browser = await Browser.StartAsync();
        await using var page = await browser.OpenAsync(console, "flow", 390, 844);
        await page.SeesAsync(".kpis dt", "Realised today");
        await page.SeesAsync("[aria-label=Streams] tr .tag", "sim_venue");
        var before = await HeightAsync(page);
        for (var i = 1; i <= 3; i++) Add(redis, "market.tick", $"t-{i}", "symbol", Missed, "price", "2.5");
        await page.SeesAsync("[aria-label=Streams] tr .tag", "3 unread");
        Assert.Equal(before, await HeightAsync(page));
    }

    [Fact]
    public async Task A_regime_that_was_told_later_of_an_earlier_time_takes_the_place_of_what_was_told_before()
    {
        using var redis = new OwnRedis();
        Mark(redis);
        var start = NowMs() / 60_000 * 60_000 - 600_000;
        // Silence while a history is still read: the clock tells it, and what is read then has the last word.
        Regime(redis, "clock", start + 300_000, "unknown");
        Regime(redis, "candle", start + 60_000, "bull");
        Candle(redis, start + 360_000);
        using var console = await ServiceRun.StartAsync("console", $"ConnectionStrings:redis={redis.Connection}");
        var told = JsonDocument.Parse(
            await console.Http.GetStringAsync(new Uri($"/api/v1/candles/{Missed}", UriKind.Relative)));
        Assert.Equal("bull", told.RootElement.GetProperty("candles")[0].GetProperty("regime").GetString());
    }

    private static async Task<float> HeightAsync(WatchedPage page) =>
        (await page.Of("[role=region][aria-label=Streams] tbody tr", "market.tick").BoundingBoxAsync())!.Height;

    private static Task<int> WidthAsync(WatchedPage page, string table, string of) =>
        page.Page.EvaluateAsync<int>($"document.querySelector(\"[role=region][aria-label='{table}']\").{of}");

    private static void Mark(OwnRedis redis) => redis.Call(
        "HSET", "quantum:topology", "system", "quantum", "mode", "paper", "shards", "1", "time", "real");

    private static void Close(OwnRedis redis, string id) => Add(redis, "trade.closed", id, "trade_id", id, "symbol",
        "BTCUSDT", "side", "SHORT", "entry_price", "101712.5", "exit_price", "101501.6", "quantity", "0.018", "pnl_usd",
        "-1234.56", "r_multiple", "-1.02", "closed_at_ms", Text(NowMs()), "reason", "operator_flatten");

    private static void Gate(OwnRedis redis)
    {
        const string found = "-0.00812401 R less its error, asked for: above 0 R less its error";
        var at = Text(NowMs());
        redis.Call("HSET", "quantum:counts:ai_engine", "signal_not_adopted/result_below_margin/BNBUSDT", "5001",
            "candle_without_signal/no_model/BNBUSDT", "5001");
        redis.Call("HSET", "quantum:reasons:ai_engine", "signal_not_adopted/BNBUSDT", at + " result_below_margin",
            "signal_not_adopted/result_below_margin/BNBUSDT", $"{at} {found}");
        redis.Call("HSET", "quantum:counts:trading_bot", "signal_without_intent/result_below_margin/BNBUSDT", "5001");
    }

    private static void Hold(OwnRedis redis)
    {
        redis.Call("HSET", "quantum:lease:exchange_normalizer", "owner", "vm.24944.5FC1E5EE4026531836.c0e44670",
            "until", Text(NowMs() + 600_000));
        redis.Call("SET", "quantum:build:market", "0.1.0 935e7f1cf17a");
    }

    private static void Regime(OwnRedis redis, string by, long atMs, string regime) => Add(
        redis, "meta.regime", by, atMs, "symbol", Missed, "regime", regime, "confidence", "0.7", "samples", "50",
        "previous_regime", "unknown");

    private static void Candle(OwnRedis redis, long endMs) => Add(
        redis, "market.klines", "k", endMs, "symbol", Missed, "interval", "1m", "open_time_ms",
        Text(endMs - 60_000), "close_time_ms", Text(endMs), "open", "2.5", "high", "2.6", "low", "2.4", "close",
        "2.5", "volume", "10", "gap_before", "false");

    private static void Add(OwnRedis redis, string stream, string id, params string[] fields) =>
        Add(redis, stream, id, NowMs(), fields);

    private static void Add(OwnRedis redis, string stream, string id, long atMs, params string[] fields) => redis.Call(
    [
        "XADD", "quantum:stream:" + stream, "*", "event_id", id, "ts", Text(atMs), "source", "test", "mode", "paper",
        "v", "1", "correlation_id", id, "causation_id", id, "traceparent", "", .. fields,
    ]);

    private static long NowMs() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
