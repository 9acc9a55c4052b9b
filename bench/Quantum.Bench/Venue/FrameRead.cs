using System.Net.WebSockets;
using System.Text.Json;

namespace Quantum.Bench.Venue;

/// <summary>Reads a combined stream off a bare socket, in the background, until it is disposed of.</summary>
internal sealed class FrameRead : IDisposable
{
    private const int BufferBytes = 65_536;

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    /// <param name="address">The stream.</param>
    /// <param name="take">Given what each frame has under <c>data</c>, in order.</param>
    public FrameRead(Uri address, Action<JsonElement> take) => _running = Task.Run(() => RunAsync(address, take));

    public void Dispose()
    {
        _stop.Cancel();
        try
        {
            _running.Wait();
        }
        catch (AggregateException)
        {
            // It was cancelled, or the venue is gone.
        }

        _stop.Dispose();
    }

    private async Task RunAsync(Uri address, Action<JsonElement> take)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(address, _stop.Token);
        var buffer = new byte[BufferBytes];
        while (!_stop.IsCancellationRequested)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(length), _stop.Token);
                length += part.Count;
            }
            while (!part.EndOfMessage);

            if (part.MessageType == WebSocketMessageType.Close) return;
            using var document = JsonDocument.Parse(buffer.AsMemory(0, length));
            if (document.RootElement.TryGetProperty("data", out var data)) take(data);
        }
    }
}
