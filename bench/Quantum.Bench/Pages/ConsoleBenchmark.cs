using System.Globalization;
using Quantum.Bench.Latency;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.Bench.Pages;

/// <summary>
/// The console beside all services of the system at 1,000 events a second, with its pages in a real browser, which
/// shares the machine with what is measured.
/// </summary>
internal sealed class ConsoleBenchmark(Action<Figure> tell)
{
    public const string About =
        "1,000 ticks/s to all services, each a process, and the console's pages in Chromium on the same machine: when "
        + "the first page is painted and how much it loads, how busy a page keeps its main thread, what fifty open "
        + "pages cost the server, how far Flow is behind the streams, and how long from the click on Stop to the first "
        + "entry that the executor refuses for it.";

    private const int EventsPerSecond = 1_000;
    private const int Opens = 5;
    private const int Probes = 15;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>Tells each figure when it is measured.</summary>
    public void Run(bool quick)
    {
        using var server = RedisServer.Start(new RedisServerOptions
        {
            AppendOnly = true, Arguments = ["--maxmemory-policy", "noeviction"],
        });
        var endpoint = RespEndpoint.Parse(server.ConnectionString);
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{RedisServer.FreePort()}");
        using var system = new BenchedSystem(server.ConnectionString);
        using var console = ServiceProcess.Start("console",
        [
            ("ConnectionStrings__redis", server.ConnectionString), ("Quantum__Mode", "paper"),
            ("Kestrel__Endpoints__http__Url", url), ("Results__Folder", Path.Combine(server.Folder, "results")),
        ]);
        console.Await("Now listening on", s_patience);
        using var sender = new TickSender(endpoint, EventsPerSecond);
        new Positions(endpoint, sender.Markets).Open(system);
        using var browser = new DevTools();
        MeasureAsync(browser, url, console, system, endpoint, quick).GetAwaiter().GetResult();
        sender.Stop();
    }

    private async Task MeasureAsync(
        DevTools browser, string url, ServiceProcess console, BenchedSystem system, RespEndpoint endpoint, bool quick)
    {
        var watched = TimeSpan.FromSeconds(quick ? 5 : 12);
        Tell(await OpeningAsync(browser, url, quick ? 2 : Opens));
        foreach (var path in (string[])["", "flow", "trade/BTCUSDT", "results"])
        {
            await using var page = await browser.OpenAsync();
            await page.GoAsync($"{url}/{path}");
            system.Pause(TimeSpan.FromSeconds(2));
            var before = await page.TaskSecondsAsync();
            system.Pause(watched);
            var busy = (await page.TaskSecondsAsync() - before) / watched.TotalSeconds;
            var name = path.Length == 0 ? "overview" : path.Split('/')[0];
            tell(new Figure("main_thread_" + name, busy, "share"));
        }

        Tell(await new FlowLag(endpoint).MeasureAsync(browser, url, quick ? 5 : Probes));
        Tell(await new KillTime(endpoint).MeasureAsync(browser, url, quick ? 2 : 5));
        Tell(await FiftyPages.MeasureAsync(browser, url, console, system, watched));
    }

    private void Tell(IEnumerable<Figure> figures)
    {
        foreach (var figure in figures) tell(figure);
    }

    private static async Task<IEnumerable<Figure>> OpeningAsync(DevTools browser, string url, int opens)
    {
        var (paints, bytes, cold) = (new List<double>(), new List<double>(), 0.0);
        for (var i = 0; i <= opens; i++)
        {
            await using var page = await browser.OpenAsync();
            await page.GoAsync(url + "/");
            // The first visitor waits for the server's own first time, which is told apart.
            if (i == 0)
            {
                cold = await page.FirstPaintMsAsync();
                continue;
            }

            paints.Add(await page.FirstPaintMsAsync());
            bytes.Add(page.Bytes / 1_000.0);
        }

        return
        [
            new Figure("first_paint_cold", cold, "ms"), new Figure("first_paint_median", Median.Of(paints), "ms"),
            new Figure("first_paint_worst", paints.Max(), "ms"),
            new Figure("first_load", bytes.Max(), "kB"),
        ];
    }
}
