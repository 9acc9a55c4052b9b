using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.EventLog.Redis;
using Quantum.EventLog.Runner;
using Quantum.Resp;

namespace Quantum.Bench.Venue;

/// <summary>The venue's trades off a bare socket, appended to Redis: what the adapter is held against.</summary>
internal sealed class SocketRead : IDisposable
{
    private const int BufferBytes = 65_536;

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public SocketRead(Uri streams, RespEndpoint endpoint, string symbol) =>
        _running = Task.Run(() => RunAsync(streams, endpoint, symbol));

    /// <summary>What came, once stopped.</summary>
    public TickTimes Seen { get; } = new();

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

    private async Task RunAsync(Uri streams, RespEndpoint endpoint, string symbol)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(
            new Uri(streams, $"/market/stream?streams={symbol.ToLowerInvariant()}@aggTrade"), _stop.Token);
        using var log = new RedisEventLog(endpoint);
        var source = new EventSource(log, RoleNames.MarketPublisher, TradingMode.Sim, traces: false);
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
            if (!document.RootElement.TryGetProperty("data", out var trade)) continue;
            var tick = new MarketTick
            {
                Symbol = Symbol.Parse(trade.GetProperty("s").GetString()!), Price = Number(trade, "p"),
                Quantity = Number(trade, "q"), IsBuyerMaker = trade.GetProperty("m").GetBoolean(),
            };
            var atMs = trade.GetProperty("T").GetInt64();
            source.Publish(StreamCatalog.MarketTick, in tick, "", atMs);
            Seen.Add(atMs, in tick);
        }
    }

    private static decimal Number(JsonElement row, string name) =>
        decimal.Parse(row.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
