using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Quantum.Bench.Pages;

/// <summary>One page of the browser.</summary>
internal sealed class DevPage : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly DevTools _tools;
    private readonly string _session;
    private readonly string _target;
    private long _bytes;

    public DevPage(DevTools tools, string session, string target)
    {
        (_tools, _session, _target) = (tools, session, target);
        tools.Told += OnTold;
    }

    /// <summary>Bytes that came over the wire so far, headers included, without what a live page hears.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public async Task BeginAsync()
    {
        foreach (var domain in (string[])["Page", "Network", "Performance", "Runtime"])
            await AskAsync(domain + ".enable");
        await AskAsync("Emulation.setFocusEmulationEnabled", new JsonObject { ["enabled"] = true });
    }

    /// <summary>Goes to an address and returns when the bar shows its second look: the page is live.</summary>
    public async Task GoAsync(string url)
    {
        await AskAsync("Page.navigate", new JsonObject { ["url"] = url });
        await UntilAsync("document.querySelector('[data-look]') !== null", url);
        var first = await EvaluateAsync("document.querySelector('[data-look]').dataset.look");
        await UntilAsync($"document.querySelector('[data-look]')?.dataset.look > {first}", url + " is live");
    }

    /// <summary>When something was painted first, ms since the navigation began.</summary>
    public async Task<double> FirstPaintMsAsync()
    {
        const string Paint = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0";
        await UntilAsync(Paint + " > 0", "something is painted");
        return (double)(await EvaluateAsync(Paint))!;
    }

    /// <summary>How long the page's main thread has worked, s.</summary>
    public async Task<double> TaskSecondsAsync()
    {
        var metrics = (await AskAsync("Performance.getMetrics"))["metrics"]!.AsArray();
        return (double)metrics.First(metric => (string?)metric!["name"] == "TaskDuration")!["value"]!;
    }

    /// <summary>The value of an expression, awaited when it is a promise.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        var reply = await AskAsync("Runtime.evaluate", new JsonObject
        {
            ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true, ["userGesture"] = true,
        });
        return reply["exceptionDetails"] is { } fault
            ? throw new InvalidOperationException(
                $"the page fails at {expression}: {fault["exception"]?["description"]}")
            : reply["result"]?["value"];
    }

    /// <summary>Waits until an expression is true.</summary>
    public async Task UntilAsync(string expression, string what)
    {
        var clock = Stopwatch.StartNew();
        while ((bool?)await EvaluateAsync($"!!({expression})") != true)
        {
            if (clock.Elapsed > s_patience) throw new InvalidOperationException($"the page never came so far: {what}");
            await Task.Delay(10);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _tools.Told -= OnTold;
        await _tools.AskAsync("Target.closeTarget", new JsonObject { ["targetId"] = _target });
    }

    private Task<JsonNode> AskAsync(string method, JsonObject? with = null) => _tools.AskAsync(method, with, _session);

    private void OnTold(string session, string method, JsonNode says)
    {
        if (session == _session && method == "Network.loadingFinished")
            Interlocked.Add(ref _bytes, (long)(double)says["encodedDataLength"]!);
    }
}
