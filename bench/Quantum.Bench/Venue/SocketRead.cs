using System.Text.Json;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.EventLog.Redis;
using Quantum.EventLog.Runner;
using Quantum.Feeds;
using Quantum.Resp;

namespace Quantum.Bench.Venue;

/// <summary>
/// The venue's trades off a bare socket, appended to Redis, and its best prices off another: what the adapter is held
/// against.
/// </summary>
internal sealed class SocketRead : IDisposable
{
    private readonly RedisEventLog _log;
    private readonly EventSource _source;
    private readonly FrameRead _trades;
    private readonly FrameRead _books;

    public SocketRead(Uri streams, RespEndpoint endpoint, string symbol)
    {
        _log = new RedisEventLog(endpoint);
        _source = new EventSource(_log, RoleNames.MarketPublisher, TradingMode.Sim, traces: false);
        var name = symbol.ToLowerInvariant();
        _books = new FrameRead(new Uri(streams, $"/public/stream?streams={name}@bookTicker"), OnBook);
        _trades = new FrameRead(new Uri(streams, $"/market/stream?streams={name}@aggTrade"), OnTrade);
    }

    /// <summary>Trades that came and were appended.</summary>
    public TickTimes Seen { get; } = new();

    /// <summary>Best prices that came.</summary>
    public TickTimes Books { get; } = new();

    public void Dispose()
    {
        _trades.Dispose();
        _books.Dispose();
        _log.Dispose();
    }

    private void OnTrade(JsonElement trade)
    {
        var tick = FrameRead.TickOf(trade);
        var atMs = trade.GetProperty("T").GetInt64();
        _source.Publish(StreamCatalog.MarketTick, in tick, "", atMs);
        Seen.Add(atMs, in tick);
    }

    private void OnBook(JsonElement book) => Books.Add(
        book.GetProperty("E").GetInt64(),
        new BookTop
        {
            Symbol = Symbol.Parse(book.GetProperty("s").GetString()!),
            BidPrice = FrameRead.Number(book, "b"), BidQuantity = FrameRead.Number(book, "B"),
            AskPrice = FrameRead.Number(book, "a"), AskQuantity = FrameRead.Number(book, "A"),
        });
}
