using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Quantum.Testing;

namespace Quantum.Venue.Tests.Market;

/// <summary>A client of the venue's sockets that reads as fast as it can and keeps every frame.</summary>
internal sealed class SocketClient : IAsyncDisposable
{
    private readonly ClientWebSocket _socket;
    private readonly Channel<string> _frames = Channel.CreateUnbounded<string>();
    private readonly Task _reading;

    private SocketClient(ClientWebSocket socket)
    {
        _socket = socket;
        _reading = ReadAsync();
    }

    public static async Task<SocketClient> ConnectAsync(Uri address, string path)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{address.Authority}{path}"), CancellationToken.None);
        return new SocketClient(socket);
    }

    public Task TellAsync(string json) => _socket.SendAsync(
        Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    /// <summary>Subscribes and waits for the answer.</summary>
    public async Task SubscribeAsync(params string[] streams)
    {
        await TellAsync(JsonSerializer.Serialize(new { method = "SUBSCRIBE", @params = streams, id = 1 }));
        var answer = await HearAsync(frame => frame.TryGetProperty("id", out _));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("result").ValueKind);
    }

    /// <summary>The next frame of all, within the usual deadline; null when the socket ended.</summary>
    public async Task<JsonElement?> NextAsync()
    {
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        if (!await _frames.Reader.WaitToReadAsync(deadline.Token)) return null;
        using var frame = JsonDocument.Parse(await _frames.Reader.ReadAsync(deadline.Token));
        return frame.RootElement.Clone();
    }

    /// <summary>The next frame that fits; those before it are passed over.</summary>
    public async Task<JsonElement> HearAsync(Func<JsonElement, bool> fits)
    {
        while (await NextAsync() is { } frame)
            if (fits(frame)) return frame;
        throw new InvalidOperationException("the socket ended before.");
    }

    /// <summary>What has come and was not heard yet.</summary>
    public IReadOnlyList<JsonElement> Rest()
    {
        var frames = new List<JsonElement>();
        while (_frames.Reader.TryRead(out var text))
        {
            using var frame = JsonDocument.Parse(text);
            frames.Add(frame.RootElement.Clone());
        }

        return frames;
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[1 << 16];
        var text = new StringBuilder();
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close) break;
                text.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
                if (!part.EndOfMessage) continue;
                _frames.Writer.TryWrite(text.ToString());
                text.Clear();
            }
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException)
        {
            // Aborted by either side.
        }

        _frames.Writer.TryComplete();
    }
}
