using System.Collections.Concurrent;
using System.Text.Json;
using Quantum.Bench.Venue;
using Quantum.Contracts.Catalog;
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
    private readonly ConcurrentDictionary<string, decimal> _last = new(StringComparer.Ordinal);
    private readonly RedisEventLog? _log;
    private readonly EventSource? _source;
    private readonly FrameRead _trades;

    public PriceRelay(Uri streams, RespEndpoint? endpoint, IReadOnlyList<Symbol> symbols)
    {
        if (endpoint is not null)
        {
            _log = new RedisEventLog(endpoint);
            _source = new EventSource(_log, RoleNames.MarketPublisher, TradingMode.Sim, traces: false);
        }

        var names = string.Join('/', symbols.Select(symbol => symbol.Name.ToLowerInvariant() + "@aggTrade"));
        _trades = new FrameRead(new Uri(streams, "/market/stream?streams=" + names), Tell);
    }

    /// <summary>The last trade's price; null before the first one.</summary>
    public decimal? PriceOf(Symbol symbol) => _last.TryGetValue(symbol.Name, out var price) ? price : null;

    /// <summary>Throws when the stream ended.</summary>
    public void Check() => _trades.Check("the venue's trades");

    public void Dispose()
    {
        _trades.Dispose();
        _log?.Dispose();
    }

    private void Tell(JsonElement trade)
    {
        var tick = FrameRead.TickOf(trade);
        _source?.Publish(StreamCatalog.MarketTick, in tick, "", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        _last[tick.Symbol.Name] = tick.Price;
    }
}
