using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Quantum.Console.Tests.Harness;

namespace Quantum.Console.Tests;

/// <summary>What the system made, in a browser, with live data and a backtest beside it.</summary>
[Collection(nameof(LiveGroup))]
public sealed class ResultsTests(LiveSystem system)
{
    private const string Gap = "Nothing is known of";

    [BrowserFact]
    public async Task A_closed_trade_is_in_the_live_figures_and_few_trades_are_said()
    {
        await using var page = await system.Browser!.OpenAsync(system.Console, "results");
        await page.SeesAsync(".figures tr", "closed trades");
        var before = await StopsAsync();
        CloseTrade("-12.5", "-1.25");
        await Eventually.TrueAsync(async () => await StopsAsync() == before + 1);
        await page.SeesAsync(".warn", "below 100 trades chance outweighs skill");
        // Figures of days are not made up of minutes.
        await Assertions.Expect(page.Of(".figures tr", "Sharpe")).ToContainTextAsync("undefined: it needs the returns");
        await page.SeesAsync("[aria-label='By symbol'] tr", LiveSystem.Symbol);
        await page.SeesAsync("[aria-label='By exit'] tr", "stop loss");
        await page.SeesAsync("[aria-label='By regime at entry'] tr", "Range");
        await Assertions.Expect(page.Of(".curve.result .line")).ToHaveCountAsync(1);
        Assert.Empty(page.Faults);
    }

    private async Task<int> StopsAsync()
    {
        using var answer = await system.Console.AskAsync("results");
        if (answer.StatusCode != HttpStatusCode.OK) return 0;
        var result = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return result.GetProperty("figures").GetProperty("byExit").EnumerateArray()
            .Where(group => group.GetProperty("key").GetString() == "stop_loss")
            .Sum(group => group.GetProperty("figures").GetProperty("trades").GetInt32());
    }

    /// <summary>The streams keep a day: what was read before stands in the console's own file.</summary>
    [BrowserFact]
    public async Task What_the_streams_have_forgotten_is_kept_over_a_restart()
    {
        using var redis = new OwnRedis();
        var folder = Path.Combine(redis.Folder, "results");
        redis.Call("HSET", "quantum:topology", "system", "quantum", "mode", "paper");
        redis.Call("SET", "quantum:run:id", "abc123@1764547200000");
        redis.Account(1_764_547_200_000, "10000");
        redis.Account(1_764_547_300_000, "10020");
        redis.Trade("t-1", 1_764_547_260_000, "20", "0.5");
        string[] settings = [$"ConnectionStrings:redis={redis.Connection}", $"Results:Folder={folder}"];
        using (var console = await ServiceRun.StartAsync("console", settings))
            await Eventually.TrueAsync(async () =>
                (await PageOf(console)).Contains(">1, 1 won", StringComparison.Ordinal)
                && File.ReadAllText(Path.Combine(folder, "abc123.jsonl")).Contains("t-1", StringComparison.Ordinal));
        redis.Call("XTRIM", "quantum:stream:trade.closed", "MAXLEN", "0");
        redis.Trade("t-2", 1_764_547_290_000, "-10", "-0.25");
        // A console that was killed while it wrote left half a line.
        File.AppendAllText(Path.Combine(folder, "abc123.jsonl"), "{\"key\":\"quan");
        // For three hours no console ran, and the streams have forgotten them.
        redis.Call("XTRIM", "quantum:stream:portfolio.snapshot_updated", "MAXLEN", "0");
        Late(180, 1_764_558_000_000, "10010");
        Late(182, 1_764_644_400_000, "10011");
        using (var again = await ServiceRun.StartAsync("console", settings))
        {
            await Eventually.TrueAsync(async () =>
                (await PageOf(again)).Contains(">2, 1 won, 1 lost", StringComparison.Ordinal));
            await Eventually.TrueAsync(async () => (await PageOf(again)).Contains(Gap, StringComparison.Ordinal));
            Eventually.True(() =>
                File.ReadAllText(Path.Combine(folder, "abc123.jsonl")).Contains("10010", StringComparison.Ordinal));
        }

        using var third = await ServiceRun.StartAsync("console", settings);
        await Eventually.TrueAsync(async () => await PageOf(third) is var seen
            && seen.Contains(">2, 1 won, 1 lost", StringComparison.Ordinal));
        Assert.Equal(2, (await PageOf(third)).Split(Gap).Length);

        void Late(int minutes, long atMs, string equity)
        {
            var account = Entries.Account(atMs, equity);
            account[2] = $"{DateTimeOffset.UtcNow.AddMinutes(minutes).ToUnixTimeMilliseconds()}-0";
            redis.Call(account);
        }
    }

    private void CloseTrade(string pnl, string r) => system.Call(
        Entries.Trade($"made-{Guid.NewGuid():N}", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), pnl, r));

    private static async Task<string> PageOf(ServiceRun console) =>
        await console.Http.GetStringAsync(new Uri("/results", UriKind.Relative));
}
