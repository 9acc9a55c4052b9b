using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

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

    /// <summary>Throws when the stream has ended by itself.</summary>
    /// <param name="what">What it tells, in words.</param>
    public void Check(string what)
    {
        if (_running.IsCompleted && !_stop.IsCancellationRequested)
        {
            throw new InvalidOperationException(
                $"{what} ended: {_running.Exception?.InnerException?.Message ?? "closed"}");
        }
    }

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

    /// <summary>A trade of the venue as a tick.</summary>
    public static MarketTick TickOf(JsonElement trade) => new()
    {
        Symbol = Symbol.Parse(trade.GetProperty("s").GetString()!), Price = Number(trade, "p"),
        Quantity = Number(trade, "q"), IsBuyerMaker = trade.GetProperty("m").GetBoolean(),
    };

    /// <summary>A number that a frame holds as text.</summary>
    public static decimal Number(JsonElement row, string name) =>
        decimal.Parse(row.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

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
