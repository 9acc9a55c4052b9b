using System.Globalization;
using Microsoft.Playwright;
using Quantum.Console.Tests.Harness;

namespace Quantum.Console.Tests;

/// <summary>What the system made, in a browser, with live data and a backtest beside it.</summary>
[Collection(nameof(LiveGroup))]
public sealed class ResultsTests(LiveSystem system)
{
    [BrowserFact]
    public async Task A_closed_trade_is_in_the_live_figures_and_few_trades_are_said()
    {
        await using var page = await system.Browser!.OpenAsync(system.Console, "results");
        var id = CloseTrade("12.5", "1.25");
        await page.SeesAsync(".figures tr", "closed trades");
        await page.SeesAsync(".warn", "below 100 trades chance outweighs skill");
        // Figures of days are not made up of minutes.
        await Assertions.Expect(page.Of(".figures tr", "Sharpe")).ToContainTextAsync("undefined: it needs the returns");
        await page.SeesAsync("[aria-label='By symbol'] tr", LiveSystem.Symbol);
        await page.SeesAsync("[aria-label='By exit'] tr", "stop loss");
        await page.SeesAsync("[aria-label='By regime at entry'] tr", "Range");
        await Assertions.Expect(page.Of(".curve.result .line")).ToHaveCountAsync(1);
        var count = await page.Of("[aria-label='By exit'] tr", "stop loss").Locator("td").First.InnerTextAsync();
        Assert.True(int.Parse(count, CultureInfo.InvariantCulture) >= 1, $"{id} is not among them: {count}");
        Assert.Empty(page.Faults);
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
        using var again = await ServiceRun.StartAsync("console", settings);
        await Eventually.TrueAsync(async () =>
            (await PageOf(again)).Contains(">2, 1 won, 1 lost", StringComparison.Ordinal));
    }

    private string CloseTrade(string pnl, string r)
    {
        var (now, id) = (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), $"made-{Guid.NewGuid():N}");
        system.Call(Entries.Trade(id, now, pnl, r));
        return id;
    }

    private static async Task<string> PageOf(ServiceRun console) =>
        await console.Http.GetStringAsync(new Uri("/results", UriKind.Relative));
}
