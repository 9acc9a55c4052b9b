using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Quantum.Exchanges.Tests.Binance;

/// <summary>A request as it came: its parameters from query and form.</summary>
internal sealed record StubRequest(string Method, string Path, IReadOnlyDictionary<string, string> Values)
{
    public string Line => $"{Method} {Path}";

    public string this[string name] => Values.GetValueOrDefault(name, "");
}

/// <summary>What the stub answers; status 0 breaks the connection, -1 never answers.</summary>
internal sealed record StubAnswer(int Status, string Body, params (string Name, string Value)[] Headers)
{
    public const int Broken = 0;
    public const int Silent = -1;

    public static StubAnswer Ok(string body) => new(200, body);

    public static StubAnswer Error(int code, string words = "so it is", int status = 400) =>
        new(status, string.Create(CultureInfo.InvariantCulture, $$"""{"code":{{code}},"msg":"{{words}}"}"""));
}

/// <summary>
/// A venue of the test on a free port of 127.0.0.1: what each request is answered is set by its line, the rest is
/// usual. Streams take subscriptions and tell what the test pushes.
/// </summary>
internal sealed class BinanceStub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Func<StubRequest, StubAnswer>> _answers =
        new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, (string Path, WebSocket Socket, SemaphoreSlim Gate)> _sockets = new();
    private readonly CancellationTokenSource _end = new();

    private BinanceStub(WebApplication app) => _app = app;

    public ConcurrentQueue<StubRequest> Requests { get; } = new();

    /// <summary>Names of the streams that were subscribed, in order, again after each reconnect.</summary>
    public ConcurrentQueue<string> Subscribed { get; } = new();

    public string RestUrl { get; private set; } = "";

    public string StreamUrl => RestUrl.Replace("http", "ws", StringComparison.Ordinal);

    public int OpenSockets => _sockets.Count;

    public static async Task<BinanceStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var stub = new BinanceStub(app);
        app.UseWebSockets();
        app.Run(stub.OnRequest);
        await app.StartAsync();
        stub.RestUrl = app.Urls.Single();
        // The library pauses by address, and a test before may have had this port: its refusals are not this stub's.
        global::Binance.Net.Clients.Rest.WeightGate.Of(new Uri(stub.RestUrl)).Pause(DateTime.UnixEpoch);
        return stub;
    }

    /// <summary>Sets what a request is answered from now on.</summary>
    public void On(string line, Func<StubRequest, StubAnswer> answer) => _answers[line] = answer;

    public void On(string line, StubAnswer answer) => On(line, _ => answer);

    public void On(string line, string body) => On(line, StubAnswer.Ok(body));

    /// <summary>How often a request came.</summary>
    public int Count(string line) => Requests.Count(request => request.Line == line);

    /// <summary>The last request of a line.</summary>
    public StubRequest Last(string line) => Requests.Last(request => request.Line == line);

    /// <summary>Tells a frame to everybody who hears the private streams, in their envelope.</summary>
    public Task TellUserAsync(string data) => TellAsync("/private", $$"""{"stream":"key","data":{{data}}}""");

    /// <summary>Tells a frame to everybody who hears streams that begin with a path.</summary>
    public async Task TellAsync(string path, string frame)
    {
        foreach (var (_, (at, socket, gate)) in _sockets)
        {
            if (!at.StartsWith(path, StringComparison.Ordinal)) continue;
            await SendAsync(socket, gate, frame);
        }
    }

    /// <summary>Breaks every stream without a word.</summary>
    public void DropStreams()
    {
        foreach (var (_, (_, socket, _)) in _sockets) socket.Abort();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        DropStreams();
        using var grace = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(grace.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        await _app.DisposeAsync();
        _end.Dispose();
    }

    private async Task OnRequest(HttpContext context)
    {
        if (context.WebSockets.IsWebSocketRequest)
        {
            await HearAsync(context);
            return;
        }

        var values = context.Request.Query.ToDictionary(
            pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
        if (context.Request.HasFormContentType)
            foreach (var pair in await context.Request.ReadFormAsync()) values[pair.Key] = pair.Value.ToString();
        var request = new StubRequest(context.Request.Method, context.Request.Path, values);
        Requests.Enqueue(request);
        var answer = _answers.TryGetValue(request.Line, out var own) ? own(request) : StubReplies.Usual(request);
        switch (answer.Status)
        {
            case StubAnswer.Broken:
                context.Abort();
                return;
            case StubAnswer.Silent:
                await Task.Delay(-1, _end.Token).ContinueWith(_ => { }, TaskScheduler.Default); // not a wait: a hang
                return;
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.Body.StartsWith('<') ? "text/html" : "application/json";
        context.Response.Headers["X-MBX-USED-WEIGHT-1M"] = "17";
        foreach (var (name, value) in answer.Headers) context.Response.Headers[name] = value;
        await context.Response.WriteAsync(answer.Body);
    }

    private async Task HearAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var (id, gate) = (Guid.NewGuid(), new SemaphoreSlim(1, 1));
        _sockets[id] = (context.Request.Path, socket, gate);
        try
        {
            var buffer = new byte[65_536];
            while (socket.State == WebSocketState.Open)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(), _end.Token);
                if (read.MessageType == WebSocketMessageType.Close) break;
                await AnswerAsync(socket, gate, Encoding.UTF8.GetString(buffer, 0, read.Count));
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // Dropped by the test or the other side.
        }
        finally
        {
            _sockets.TryRemove(id, out _);
        }
    }

    private async Task AnswerAsync(WebSocket socket, SemaphoreSlim gate, string frame)
    {
        using var document = JsonDocument.Parse(frame);
        var root = document.RootElement;
        if (root.TryGetProperty("method", out var method) && method.GetString() == "SUBSCRIBE")
        {
            foreach (var name in root.GetProperty("params").EnumerateArray()) Subscribed.Enqueue(name.GetString()!);
        }

        if (root.TryGetProperty("id", out var id))
            await SendAsync(socket, gate, $$"""{"result":null,"id":{{id.GetRawText()}}}""");
    }

    private async Task SendAsync(WebSocket socket, SemaphoreSlim gate, string frame)
    {
        await gate.WaitAsync();
        try
        {
            await socket.SendAsync(
                Encoding.UTF8.GetBytes(frame).AsMemory(), WebSocketMessageType.Text, true, _end.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Gone meanwhile.
        }
        finally
        {
            gate.Release();
        }
    }
}
