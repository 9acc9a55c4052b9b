using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Quantum.Exchanges.Tests.Quotes;

/// <summary>A venue's websocket on a free loopback port: answers frames as told, and sends what a test says.</summary>
internal sealed class VenueStub : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly WebApplication _app;
    private readonly Func<string, IEnumerable<string>> _answer;
    private readonly List<string> _received = [];
    private readonly Dictionary<WebSocket, (HttpContext Context, SemaphoreSlim Sending)> _open = [];

    private VenueStub(WebApplication app, Func<string, IEnumerable<string>> answer) => (_app, _answer) = (app, answer);

    public Uri Address => new(_app.Services.GetRequiredService<IServer>()
        .Features.Get<IServerAddressesFeature>()!.Addresses.First().Replace("http", "ws", StringComparison.Ordinal));

    /// <summary>Connections taken so far.</summary>
    public int Connections { get; private set; }

    /// <summary>Connections turned away so far.</summary>
    public int TurnedAway { get; private set; }

    /// <summary>True: whoever connects is turned away.</summary>
    public bool IsAway { get; set; }

    public IReadOnlyList<string> Received
    {
        get
        {
            lock (_lock) return [.. _received];
        }
    }

    /// <param name="answer">The frames that answer one.</param>
    public static async Task<VenueStub> StartAsync(Func<string, IEnumerable<string>> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var stub = new VenueStub(builder.Build(), answer);
        stub._app.UseWebSockets();
        stub._app.Run(stub.ServeAsync);
        await stub._app.StartAsync();
        return stub;
    }

    /// <summary>Sends a frame over every connection.</summary>
    public async Task SendAsync(string frame)
    {
        KeyValuePair<WebSocket, (HttpContext Context, SemaphoreSlim Sending)>[] open;
        lock (_lock) open = [.. _open];
        foreach (var (socket, (_, sending)) in open) await SendAsync(socket, sending, Encoding.UTF8.GetBytes(frame));
    }

    /// <summary>Ends every connection without a word, as a lost network does.</summary>
    public void Cut()
    {
        lock (_lock)
            foreach (var (context, _) in _open.Values) context.Abort();
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        await _app.DisposeAsync();
    }

    private static async Task SendAsync(
        WebSocket socket, SemaphoreSlim sending, byte[] frame,
        WebSocketMessageType type = WebSocketMessageType.Text)
    {
        try
        {
            await sending.WaitAsync();
            try
            {
                await socket.SendAsync(frame, type, endOfMessage: true, CancellationToken.None);
            }
            finally
            {
                sending.Release();
            }
        }
        catch (Exception e) when (
            e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Cut meanwhile, by the test or by who listens: its end may come before, in or after the sending.
        }
    }

    private async Task ServeAsync(HttpContext context)
    {
        if (IsAway)
        {
            TurnedAway++;
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var sending = new SemaphoreSlim(1);
        lock (_lock)
        {
            Connections++;
            _open[socket] = (context, sending);
        }

        try
        {
            await AnswerAsync(socket, sending);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // The other side went.
        }
        finally
        {
            lock (_lock) _open.Remove(socket);
        }
    }

    private async Task AnswerAsync(WebSocket socket, SemaphoreSlim sending)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close) return;
            var frame = Encoding.UTF8.GetString(buffer, 0, part.Count);
            lock (_lock) _received.Add(frame);
            foreach (var reply in _answer(frame)) await SendAsync(socket, sending, Encoding.UTF8.GetBytes(reply));
        }
    }
}
