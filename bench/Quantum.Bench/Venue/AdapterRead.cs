using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Quantum.Binance;
using Quantum.Binance.Market;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog;
using Quantum.EventLog.Redis;
using Quantum.EventLog.Runner;
using Quantum.Feeds;
using Quantum.Resp;

namespace Quantum.Bench.Venue;

/// <summary>The venue's market through the adapter of Binance, appended to Redis, on a thread of its own.</summary>
internal sealed class AdapterRead : IMarketSink, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly RedisEventLog _log;
    private readonly EventSource _source;
    private readonly BinanceFeed _feed;
    private readonly List<NewEntry> _held = [];
    private readonly List<(long AtMs, MarketTick Tick)> _ticks = [];
    private readonly Stack<FieldBuffer> _spare = new();
    private readonly Thread _thread;
    private Exception? _fault;

    public AdapterRead(VenueHost venue, RespEndpoint endpoint, string symbol)
    {
        _log = new RedisEventLog(endpoint);
        _source = new EventSource(_log, RoleNames.MarketPublisher, TradingMode.Sim, traces: false);
        _feed = new BinanceFeed(
            new BinanceFeedSettings
            {
                Binance = new BinanceSettings
                {
                    Environment = BinancePlace.Custom, RestUrl = venue.Rest.ToString(),
                    StreamUrl = venue.Streams.ToString(),
                },
                Symbols = [Symbol.Parse(symbol)], HistoryCandles = 0,
            },
            NullLoggerFactory.Instance);
        _thread = new Thread(Run) { IsBackground = true, Name = "adapter" };
        _thread.Start();
    }

    /// <summary>Trades that came and were appended.</summary>
    public TickTimes Seen { get; } = new();

    /// <summary>Best prices that the adapter told; in Redis a state tells the last of a step.</summary>
    public TickTimes Books { get; } = new();

    /// <summary>Throws when the adapter has ended.</summary>
    public void Check()
    {
        if (_fault is not null) throw new InvalidOperationException($"the adapter ended: {_fault.Message}", _fault);
    }

    public void Tick(long atMs, in MarketTick tick)
    {
        Hold(StreamCatalog.MarketTick, in tick, atMs);
        _ticks.Add((atMs, tick));
    }

    public void Book(long atMs, in BookTop top) => Books.Add(atMs, in top);

    public void Data(long atMs, in MarketData state) => Hold(StreamCatalog.MarketData, in state, atMs);

    public void Kline(long atMs, in MarketKline kline)
    {
        // Candles are the whole chain's part: here trades are measured.
    }

    public void Quote(long atMs, in ExchangeRaw quote)
    {
        // The adapter's market tells none.
    }

    // As the market service: what came together is appended in one go.
    public void Step(long atMs)
    {
        _log.AppendAll(_held);
        foreach (var (tickMs, tick) in _ticks) Seen.Add(tickMs, in tick);
        foreach (var entry in _held) _spare.Push(entry.Fields);
        _held.Clear();
        _ticks.Clear();
    }

    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _log.Dispose();
        _stop.Dispose();
    }

    private void Hold<TEvent>(EventStream<TEvent> stream, in TEvent payload, long atMs) where TEvent : struct
    {
        var fields = _spare.TryPop(out var spare) ? spare : new FieldBuffer();
        _held.Add(_source.Encode(stream, in payload, "", atMs, fields));
    }

    private void Run()
    {
        try
        {
            _feed.Run(this, _stop.Token);
        }
        catch (Exception fault) when (fault is FeedException or OperationCanceledException)
        {
            if (!_stop.IsCancellationRequested) _fault = fault;
        }
    }
}
