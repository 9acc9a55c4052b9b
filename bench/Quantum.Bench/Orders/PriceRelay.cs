using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.EventLog.Redis;
using Quantum.EventLog.Runner;
using Quantum.Resp;

namespace Quantum.Bench.Orders;

/// <summary>
/// Plays the market service: the venue's own trades become ticks, on a thread of its own. Without an endpoint it only
/// listens.
/// </summary>
internal sealed class PriceRelay : IDisposable
{
    private const int BufferBytes = 65_536;

    private readonly ConcurrentDictionary<string, decimal> _last = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public PriceRelay(Uri streams, RespEndpoint? endpoint, IReadOnlyList<Symbol> symbols) =>
        _running = Task.Run(() => RunAsync(streams, endpoint, symbols));

    /// <summary>The last trade's price; null before the first one.</summary>
    public decimal? PriceOf(Symbol symbol) => _last.TryGetValue(symbol.Name, out var price) ? price : null;

    /// <summary>Throws when the stream ended.</summary>
    public void Check()
    {
        if (_running.IsCompleted && !_stop.IsCancellationRequested)
        {
            throw new InvalidOperationException(
                $"the venue's trades ended: {_running.Exception?.InnerException?.Message ?? "closed"}");
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
            // What ended it was told by Check, or is the end of the venue.
        }

        _stop.Dispose();
    }

    private async Task RunAsync(Uri streams, RespEndpoint? endpoint, IReadOnlyList<Symbol> symbols)
    {
        var names = string.Join('/', symbols.Select(symbol => symbol.Name.ToLowerInvariant() + "@aggTrade"));
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(streams, "/market/stream?streams=" + names), _stop.Token);
        using var log = endpoint is null ? null : new RedisEventLog(endpoint);
        var source = log is null
            ? null
            : new EventSource(log, RoleNames.MarketPublisher, TradingMode.Sim, traces: false);
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
            Tell(source, buffer.AsMemory(0, length));
        }
    }

    private void Tell(EventSource? source, ReadOnlyMemory<byte> frame)
    {
        using var document = JsonDocument.Parse(frame);
        if (!document.RootElement.TryGetProperty("data", out var trade)) return;
        var tick = new MarketTick
        {
            Symbol = Symbol.Parse(trade.GetProperty("s").GetString()!), Price = Number(trade, "p"),
            Quantity = Number(trade, "q"), IsBuyerMaker = trade.GetProperty("m").GetBoolean(),
        };
        source?.Publish(StreamCatalog.MarketTick, in tick, "", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        _last[tick.Symbol.Name] = tick.Price;
    }

    private static decimal Number(JsonElement row, string name) =>
        decimal.Parse(row.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
