using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Quantum.Bench.Pages;

/// <summary>
/// Chromium of this machine, driven over its DevTools protocol: what is measured of a browser is what it says itself.
/// </summary>
internal sealed class DevTools : IDisposable
{
    private const string Listening = "DevTools listening on ";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _browser;
    private readonly string _profile = Directory.CreateTempSubdirectory("quantum-bench-browser-").FullName;
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _asked = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly Task _listening;
    private int _number;

    public DevTools()
    {
        _browser = Process.Start(new ProcessStartInfo(PathOf(),
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-quic", "--remote-debugging-port=0",
            // What is measured is the console: fifty pages share a few renderers, and none is put to sleep.
            "--renderer-process-limit=4", "--disable-renderer-backgrounding", "--disable-background-timer-throttling",
            "--disable-backgrounding-occluded-windows", "--window-size=1280,860", "--user-data-dir=" + _profile,
        ])
        {
            RedirectStandardError = true, RedirectStandardOutput = true,
        })!;
        _browser.BeginOutputReadLine();
        _socket.ConnectAsync(AddressOf(), CancellationToken.None).Wait(s_patience);
        _listening = ListenAsync();
    }

    /// <summary>Told of every event: the session's id, its method and what it says.</summary>
    public event Action<string, string, JsonNode>? Told;

    /// <summary>Asks something and waits for the answer; throws with the browser's words.</summary>
    public async Task<JsonNode> AskAsync(string method, JsonObject? with = null, string? session = null)
    {
        var number = Interlocked.Increment(ref _number);
        var answer = _asked[number] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = new JsonObject { ["id"] = number, ["method"] = method, ["params"] = with ?? [] };
        if (session is not null) message["sessionId"] = session;
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(
                JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }

        var reply = await answer.Task.WaitAsync(s_patience);
        return reply["error"] is { } error
            ? throw new InvalidOperationException($"the browser refuses {method}: {error["message"]}")
            : reply["result"]!;
    }

    /// <summary>A cache and cookies of its own, for pages that share them.</summary>
    public async Task<string> VisitorAsync() =>
        (string)(await AskAsync("Target.createBrowserContext"))["browserContextId"]!;

    /// <summary>A page of a visitor; without one of a new visitor.</summary>
    public async Task<DevPage> OpenAsync(string? visitor = null)
    {
        var target = await AskAsync("Target.createTarget", new JsonObject
        {
            ["url"] = "about:blank", ["browserContextId"] = visitor ?? await VisitorAsync(),
        });
        var session = await AskAsync("Target.attachToTarget", new JsonObject
        {
            ["targetId"] = (string?)target["targetId"], ["flatten"] = true,
        });
        var page = new DevPage(this, (string)session["sessionId"]!, (string)target["targetId"]!);
        await page.BeginAsync();
        return page;
    }

    public void Dispose()
    {
        if (!_browser.HasExited) _browser.Kill(entireProcessTree: true);
        _browser.WaitForExit();
        _browser.Dispose();
        _socket.Dispose();
        _sending.Dispose();
        Directory.Delete(_profile, recursive: true);
    }

    private static string PathOf() => Environment.GetEnvironmentVariable("CHROMIUM_PATH")
        ?? ((string[])["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"])
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException(
            "no Chromium: install the package chromium, or name one in CHROMIUM_PATH.");

    private Uri AddressOf()
    {
        while (_browser.StandardError.ReadLine() is { } line)
        {
            if (!line.StartsWith(Listening, StringComparison.Ordinal)) continue;
            // What it says later must not fill its pipe.
            _ = _browser.StandardError.BaseStream.CopyToAsync(Stream.Null);
            return new Uri(line[Listening.Length..]);
        }

        throw new InvalidOperationException($"Chromium ended with exit code {_browser.ExitCode}.");
    }

    private async Task ListenAsync()
    {
        var (buffer, message) = (new byte[64 * 1024], new MemoryStream());
        while (_socket.State == WebSocketState.Open)
        {
            ValueWebSocketReceiveResult part;
            try
            {
                part = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            }
            catch (Exception fault) when (fault is WebSocketException or ObjectDisposedException)
            {
                return;
            }

            message.Write(buffer, 0, part.Count);
            if (!part.EndOfMessage) continue;
            var node = JsonNode.Parse(message.GetBuffer().AsSpan(0, (int)message.Length))!;
            message.SetLength(0);
            if ((int?)node["id"] is { } number)
            {
                if (_asked.TryRemove(number, out var answer)) answer.SetResult(node);
            }
            else if ((string?)node["method"] is { } method)
            {
                Told?.Invoke((string?)node["sessionId"] ?? "", method, node["params"]!);
            }
        }
    }
}
