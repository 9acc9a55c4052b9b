using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Feeds;

namespace Quantum.Market.Publishing;

/// <summary>
/// Publishes in real time: a sender of its own appends; while the log is slow or away the newest tick, state and quote
/// per symbol (and venue) replaces the one still waiting, counted. Candles wait in line, every one. What goes by while
/// the operator has the market stand still is told as closed candles, as after a restart.
/// </summary>
public sealed class LivePublisher : IMarketSink, IDisposable
{
    private readonly MarketWriter _writer;
    private readonly IFeedStore _store;
    private readonly TimeProvider _time;
    private readonly FeedProgress _progress;
    private readonly FeedSwitch _switch;
    private readonly CancellationTokenSource _stop;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly Dictionary<(string Stream, string Symbol, string Venue), Slot> _slots = [];
    private readonly Queue<Slot> _line = new();
    private readonly Thread _sender;
    private FeedPosition _position;
    private Exception? _fault;
    private long _candles;
    private long _candlesSent;
    private bool _hasCandles;
    private long _conflated;
    private long _arrivedMs;
    private long _silentBeforeMs;

    /// <param name="writer">Appends; used by the sender only.</param>
    /// <param name="store">Keeps the position; used by the sender only.</param>
    /// <param name="time">Real time: no event is told before its own.</param>
    /// <param name="progress">Tells how far it is.</param>
    /// <param name="feedSwitch">Holds the market between two instants.</param>
    /// <param name="start">Where the last run ended.</param>
    /// <param name="cancel">Ends every wait.</param>
    public LivePublisher(
        MarketWriter writer, IFeedStore store, TimeProvider time, FeedProgress progress, FeedSwitch feedSwitch,
        FeedPosition start, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(start);
        (_writer, _store, _time, _progress, _switch) = (writer, store, time, progress, feedSwitch);
        _position = start;
        _candles = start.Candles;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _sender = new Thread(Send) { IsBackground = true, Name = "market sender" };
        _sender.Start();
    }

    /// <summary>Events that a newer one replaced before they were sent, 0 or more.</summary>
    public long Conflated => Interlocked.Read(ref _conflated);

    /// <summary>Candles appended by this run, 0 or more.</summary>
    public long CandlesSent => Interlocked.Read(ref _candlesSent);

    public void Tick(long atMs, in MarketTick tick)
    {
        if (!WaitFor(atMs)) return;
        var copy = tick;
        Put(StreamCatalog.MarketTick, tick.Symbol.Name, "", () => _writer.Tick(atMs, in copy));
    }

    public void Data(long atMs, in MarketData state)
    {
        if (!WaitFor(atMs)) return;
        var copy = state;
        Put(StreamCatalog.MarketData, state.Symbol.Name, "", () => _writer.Data(atMs, in copy));
    }

    public void Quote(long atMs, in ExchangeRaw quote)
    {
        if (!WaitFor(atMs)) return;
        var copy = quote;
        Put(StreamCatalog.ExchangeRaw, quote.Symbol.Name, quote.Exchange, () => _writer.Quote(atMs, in copy));
    }

    /// <summary>
    /// A quote of a venue that is none of the feed's; from any thread, so nothing waits here: a time ahead of ours is
    /// taken as now, and nothing is told while the market stands still.
    /// </summary>
    public void VenueQuote(long atMs, in ExchangeRaw quote)
    {
        if (_switch.IsPaused) return;
        var (copy, at) = (quote, Math.Min(atMs, NowMs()));
        Put(StreamCatalog.ExchangeRaw, quote.Symbol.Name, quote.Exchange, () => _writer.Quote(at, in copy));
    }

    public void Kline(long atMs, in MarketKline kline)
    {
        WaitFor(atMs);
        var copy = kline;
        (_hasCandles, _candles) = (true, _candles + 1);
        Put(new Slot
        {
            Send = () =>
            {
                _writer.Kline(atMs, in copy);
                Interlocked.Increment(ref _candlesSent);
            },
        });
    }

    public void Step(long atMs)
    {
        if (Volatile.Read(ref _fault) is { } fault)
            throw new InvalidOperationException($"the market can no longer be published: {fault.Message}", fault);
        if (_hasCandles)
        {
            var candles = _candles;
            Put(new Slot { Send = () => Note(atMs, candles) });
            _hasCandles = false;
        }

        _progress.Step(atMs, _candles, Conflated);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _sender.Join();
        _work.Dispose();
        _stop.Dispose();
    }

    /// <summary>Waits for an instant; false when it went by while the market stood still.</summary>
    private bool WaitFor(long atMs)
    {
        if (atMs <= _arrivedMs) return atMs >= _silentBeforeMs;
        _arrivedMs = atMs;
        var early = atMs - NowMs();
        if (early > 0) _stop.Token.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(early));
        _stop.Token.ThrowIfCancellationRequested();
        if (_switch.Wait(_stop.Token)) _silentBeforeMs = NowMs();
        return atMs >= _silentBeforeMs;
    }

    private long NowMs() => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private void Put(EventStream stream, string symbol, string venue, Action send)
    {
        lock (_lock)
        {
            if (!_slots.TryGetValue((stream.Name, symbol, venue), out var slot))
                _slots[(stream.Name, symbol, venue)] = slot = new Slot();
            if (slot.Send is not null)
            {
                slot.Send = send;
                Interlocked.Increment(ref _conflated);
                return;
            }

            slot.Send = send;
            _line.Enqueue(slot);
        }

        _work.Release();
    }

    private void Put(Slot slot)
    {
        lock (_lock) _line.Enqueue(slot);
        _work.Release();
    }

    private void Send()
    {
        try
        {
            _writer.Resume(_position.AtMs == 0 ? null : _position);
            while (true)
            {
                _work.Wait(_stop.Token);
                Action send;
                lock (_lock)
                {
                    var slot = _line.Dequeue();
                    send = slot.Send!;
                    slot.Send = null;
                }

                send();
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
        catch (Exception e)
        {
            Volatile.Write(ref _fault, e);
        }
    }

    private void Note(long atMs, long candles)
    {
        // What was conflated away cannot be counted again: after a restart only the candles go on where they were.
        var klines = _writer.Added.Where(
            pair => pair.Key.StartsWith(StreamCatalog.MarketKlines.Key, StringComparison.Ordinal));
        _position = _position with
        {
            AtMs = atMs, FirstMs = _position.FirstMs == 0 ? atMs : _position.FirstMs, Candles = candles,
            Added = klines.ToDictionary(),
        };
        _store.WritePosition(_position);
    }

    /// <summary>One place in the line; empty while nothing waits there.</summary>
    private sealed class Slot
    {
        public Action? Send;
    }
}
