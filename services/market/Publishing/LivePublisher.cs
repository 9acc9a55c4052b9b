using Quantum.Feeds;

namespace Quantum.Market.Publishing;

/// <summary>
/// Publishes in real time: a sender of its own appends what waits, in its order and in one go. Ticks and candles wait
/// in line, every one; of states and quotes the newest per symbol (and venue) replaces the one still waiting, counted.
/// When the log is away for so long that the ticks have no place left, the oldest are dropped, counted and told. What
/// goes by while the operator has the market stand still is told as closed candles, as after a restart.
/// </summary>
public sealed class LivePublisher : IMarketSink, IDisposable
{
    /// <summary>At a few hundred bytes each; half a minute of a busy market.</summary>
    private const int UsualTicks = 100_000;

    /// <summary>Sent in one go: what comes meanwhile is not held up for long.</summary>
    private const int MostAtOnce = 512;

    private readonly MarketWriter _writer;
    private readonly IFeedStore _store;
    private readonly TimeProvider _time;
    private readonly FeedProgress _progress;
    private readonly FeedSwitch _switch;
    private readonly CancellationTokenSource _stop;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly Dictionary<(string Stream, string Symbol, string Venue), Slot> _slots = [];
    private readonly Queue<(long Number, Slot Slot)> _line = new();
    private readonly Queue<(long Number, long AtMs, MarketTick Tick)> _ticks = new();
    private readonly Dictionary<Symbol, long> _dropped = [];
    private readonly int _mostTicks;
    private readonly Thread _sender;
    private FeedPosition _position;
    private Exception? _fault;
    private long _candles;
    private long _candlesSent;
    private bool _hasCandles;
    private long _conflated;
    private long _number;
    private bool _isWaiting = true;
    private FeedPosition? _reached;
    private long _arrivedMs;
    private long _silentBeforeMs;

    /// <param name="writer">Appends; used by the sender only.</param>
    /// <param name="store">Keeps the position; used by the sender only.</param>
    /// <param name="time">Real time: no event is told before its own.</param>
    /// <param name="progress">Tells how far it is.</param>
    /// <param name="feedSwitch">Holds the market between two instants.</param>
    /// <param name="start">Where the last run ended.</param>
    /// <param name="cancel">Ends every wait.</param>
    /// <param name="mostTicks">Ticks that may wait, from 1.</param>
    public LivePublisher(
        MarketWriter writer, IFeedStore store, TimeProvider time, FeedProgress progress, FeedSwitch feedSwitch,
        FeedPosition start, CancellationToken cancel, int mostTicks = UsualTicks)
    {
        ArgumentNullException.ThrowIfNull(start);
        (_writer, _store, _time, _progress, _switch) = (writer, store, time, progress, feedSwitch);
        (_position, _candles, _mostTicks) = (start, start.Candles, mostTicks);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _sender = new Thread(Send) { IsBackground = true, Name = "market sender" };
        _sender.Start();
    }

    /// <summary>States and quotes that a newer one replaced before they were sent, 0 or more.</summary>
    public long Conflated => Interlocked.Read(ref _conflated);

    /// <summary>Candles appended by this run, 0 or more.</summary>
    public long CandlesSent => Interlocked.Read(ref _candlesSent);

    public void Tick(long atMs, in MarketTick tick)
    {
        if (!WaitFor(atMs)) return;
        lock (_lock)
        {
            if (_ticks.Count == _mostTicks) Drop(_ticks.Dequeue().Tick.Symbol);
            _ticks.Enqueue((++_number, atMs, tick));
            Wake();
        }
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

    /// <summary>A dead letter of <c>market_data</c>, which alarms.</summary>
    public void Unread(string what, string payload) =>
        Put(new Slot { Send = () => _writer.PutAside(what, payload, NowMs()) });

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
            Put(new Slot { Send = () => Reach(atMs, candles) });
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
                MarketMeter.Conflated.Add(1, new KeyValuePair<string, object?>("stream", stream.Name));
                return;
            }

            slot.Send = send;
            Enqueue(slot);
        }
    }

    private void Put(Slot slot)
    {
        lock (_lock) Enqueue(slot);
    }

    private void Enqueue(Slot slot)
    {
        _line.Enqueue((++_number, slot));
        Wake();
    }

    private void Wake()
    {
        if (!_isWaiting) return;
        _isWaiting = false;
        _work.Release();
    }

    // The newest are worth more: they are what is traded on when the log is back.
    private void Drop(Symbol symbol)
    {
        _dropped[symbol] = _dropped.GetValueOrDefault(symbol) + 1;
        MarketMeter.Dropped.Add(1, new KeyValuePair<string, object?>("stream", StreamCatalog.MarketTick.Name));
    }

    private void Send()
    {
        try
        {
            _writer.Resume(_position.AtMs == 0 ? null : _position);
            var sends = new List<Action>();
            while (true)
            {
                _work.Wait(_stop.Token);
                while (TakeWaiting(sends))
                {
                    foreach (var send in sends) send();
                    _writer.Flush();
                    Note();
                    TellDropped();
                    _stop.Token.ThrowIfCancellationRequested();
                }
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

    /// <summary>
    /// The next that wait, in their order; false when none does, and then the sender is woken for one.
    /// </summary>
    private bool TakeWaiting(List<Action> sends)
    {
        sends.Clear();
        lock (_lock)
        {
            while (sends.Count < MostAtOnce && _ticks.Count + _line.Count > 0)
            {
                var isTick = _ticks.TryPeek(out var first)
                    && (!_line.TryPeek(out var other) || first.Number < other.Number);
                if (isTick)
                {
                    var (_, atMs, tick) = _ticks.Dequeue();
                    sends.Add(() => _writer.Tick(atMs, in tick));
                    continue;
                }

                var slot = _line.Dequeue().Slot;
                sends.Add(slot.Send!);
                slot.Send = null;
            }

            return !(_isWaiting = sends.Count == 0);
        }
    }

    private void TellDropped()
    {
        KeyValuePair<Symbol, long>[] dropped;
        lock (_lock)
        {
            if (_dropped.Count == 0) return;
            dropped = [.. _dropped];
            _dropped.Clear();
        }

        foreach (var (symbol, count) in dropped) _writer.TellDropped(symbol, count, NowMs());
    }

    // What was conflated away cannot be counted again: after a restart only the candles go on where they were.
    private void Reach(long atMs, long candles)
    {
        var klines = _writer.Added.Keys.Where(
            key => key.StartsWith(StreamCatalog.MarketKlines.Key, StringComparison.Ordinal));
        _reached = _position with
        {
            AtMs = atMs, FirstMs = _position.FirstMs == 0 ? atMs : _position.FirstMs, Candles = candles,
            Added = klines.ToDictionary(key => key, _writer.AddedWithHeld),
        };
    }

    // Written once all up to it is there: of a history's many steps the last one that was sent.
    private void Note()
    {
        if (_reached is not { } reached) return;
        _store.WritePosition(_position = reached);
        _reached = null;
    }

    /// <summary>One place in the line; empty while nothing waits there.</summary>
    private sealed class Slot
    {
        public Action? Send;
    }
}
