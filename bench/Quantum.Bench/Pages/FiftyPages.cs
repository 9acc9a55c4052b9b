using System.Diagnostics;
using Quantum.Bench.Latency;

namespace Quantum.Bench.Pages;

/// <summary>What the console's process costs while fifty pages are open.</summary>
internal static class FiftyPages
{
    private const int Pages = 50;
    private static readonly string[] s_paths =
    [
        "", "flow", "trade/BTCUSDT", "journal", "why-not", "results", "backtests", "models", "policy", "system",
    ];
    private static readonly TimeSpan s_settles = TimeSpan.FromSeconds(10);

    public static async Task<IEnumerable<Figure>> MeasureAsync(
        DevTools browser, string url, ServiceProcess console, BenchedSystem system, TimeSpan watched)
    {
        var visitor = await browser.VisitorAsync();
        foreach (var some in Enumerable.Range(0, Pages).Chunk(s_paths.Length))
        {
            await Task.WhenAll(some.Select(async i =>
                await (await browser.OpenAsync(visitor)).GoAsync($"{url}/{s_paths[i % s_paths.Length]}")));
        }

        system.Pause(s_settles);
        using var process = Process.GetProcessById(console.Id);
        var (before, most) = (process.TotalProcessorTime, 0L);
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < watched)
        {
            system.Pause(TimeSpan.FromSeconds(1));
            process.Refresh();
            most = Math.Max(most, process.WorkingSet64);
        }

        var cores = (process.TotalProcessorTime - before) / clock.Elapsed;
        return
        [
            new Figure("fifty_pages_cores", cores, "cores"),
            new Figure("fifty_pages_memory", most / 1_000_000.0, "MB"),
        ];
    }
}
