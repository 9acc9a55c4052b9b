using System.Diagnostics;
using System.Globalization;
using Quantum.Resp;

namespace Quantum.Bench.Pages;

/// <summary>From an entry on a stream to the Flow page that counts it.</summary>
internal sealed class FlowLag(RespEndpoint endpoint)
{
    private const string Stream = "quantum:stream:bench.probe";

    public async Task<IEnumerable<Figure>> MeasureAsync(DevTools browser, string url, int probes)
    {
        await using var page = await browser.OpenAsync();
        await page.GoAsync(url + "/flow");
        using var connection = RespConnection.Connect(endpoint);
        connection.Call("XADD", Stream, "*", "n", "0").ThrowIfError();
        await page.UntilAsync(Counts(1), "Flow shows the stream");
        var lags = new List<double>();
        for (var entries = 2; entries <= probes + 1; entries++)
        {
            // Not in step with the console's own clock.
            await Task.Delay(37 * entries % 400);
            var seen = page.EvaluateAsync(
                $$"""
                new Promise(resolve => {
                  const look = () => {{Counts(entries)}} && (observer.disconnect(), resolve(true));
                  const observer = new MutationObserver(look);
                  observer.observe(document, { subtree: true, childList: true, characterData: true });
                  look();
                })
                """);
            var clock = Stopwatch.StartNew();
            connection.Call("XADD", Stream, "*", "n", "0").ThrowIfError();
            await seen;
            lags.Add(clock.Elapsed.TotalMilliseconds);
        }

        return
        [
            new Figure("flow_behind_median", Median.Of(lags), "ms"), new Figure("flow_behind_worst", lags.Max(), "ms"),
        ];
    }

    // The row of the table below the map.
    private static string Counts(int entries) => string.Create(CultureInfo.InvariantCulture,
        $"[...document.querySelectorAll('[aria-label=Streams] tr')].some(row => row.innerText.includes('bench.probe') ")
        + string.Create(CultureInfo.InvariantCulture, $"&& row.children[2].innerText.trim() === '{entries}')");
}
