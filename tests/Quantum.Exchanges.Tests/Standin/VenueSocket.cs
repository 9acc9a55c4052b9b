using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Quantum.Exchanges.Tests.Standin;

/// <summary>The venue's end of a websocket.</summary>
internal sealed class VenueSocket(string path, WebSocket socket, Action abort)
{
    private readonly ConcurrentQueue<JsonElement> _requests = [];
    private readonly Lock _lock = new();

    public string Path { get; } = path;

    public bool IsOpen { get; private set; } = true;

    public IReadOnlyList<JsonElement> Requests => [.. _requests];

    /// <summary>All streams that were asked for, as often as they were.</summary>
    public string[] Subscribed => Named("SUBSCRIBE");

    public string[] Unsubscribed => Named("UNSUBSCRIBE");

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), true);

    public async Task SendAsync(byte[] bytes, bool isEnd) =>
        await socket.SendAsync(bytes, WebSocketMessageType.Text, isEnd, CancellationToken.None);

    public Task SendAsync(string stream, string data) => SendAsync($$"""{"stream":"{{stream}}","data":{{data}}}""");

    public void Abort()
    {
        lock (_lock)
        {
            if (IsOpen) abort();
        }
    }

    /// <summary>Answers requests until the client goes.</summary>
    public async Task ServeAsync(Func<JsonElement, string?> reply)
    {
        var buffer = new byte[8192];
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                    return;
                }

                var request = JsonElement.Parse(buffer.AsSpan(0, received.Count));
                _requests.Enqueue(request);
                if (reply(request) is { } text) await SendAsync(text);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The client or a test broke it.
        }
        finally
        {
            lock (_lock) IsOpen = false;
        }
    }

    private string[] Named(string method) =>
    [
        .. from request in _requests
           where request.GetProperty("method").GetString() == method
           from topic in request.GetProperty("params").EnumerateArray()
           select topic.GetString(),
    ];
}
