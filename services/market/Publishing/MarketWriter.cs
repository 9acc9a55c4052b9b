using Quantum.EventLog;
using Quantum.EventLog.Runner;

namespace Quantum.Market.Publishing;

/// <summary>
/// Appends market events, each once, also over lost replies and a crash: by counting what their streams ever got,
/// because the publisher is their only writer, and candles by their event id besides. A tape's go to the log one by
/// one, where a step is offered whole; in real time all but fresh candles, with which traces begin, are held until
/// <see cref="Flush"/>, or the next fresh candle, takes them in one go. For one thread.
/// </summary>
public sealed class MarketWriter
{
    private static readonly EventStream[] s_written =
        [StreamCatalog.MarketTick, StreamCatalog.MarketData, StreamCatalog.ExchangeRaw, StreamCatalog.MarketKlines];

    private readonly IEventLog _events;
    private readonly LogKeys _keys;
    private readonly bool _holds;
    private readonly IFeedStore _store;
    private readonly ILogger _log;
    private readonly CancellationToken _cancel;
    private readonly EventSource _publisher;
    private readonly EventSource _crossExchange;
    private readonly ForeignLetters _foreign;
    private readonly Dictionary<string, long> _added = [];
    private readonly Dictionary<string, long> _toSkip = [];
    private readonly List<NewEntry> _held = [];
    private readonly Stack<FieldBuffer> _spare = new();

    /// <param name="log">Where events go.</param>
    /// <param name="store">Tells what the streams ever got.</param>
    /// <param name="mode">On every event.</param>
    /// <param name="isTape">Nothing is trimmed before it is read, and nothing is held here.</param>
    /// <param name="logger">Told when the log is away.</param>
    /// <param name="cancel">Ends waiting for the log.</param>
    public MarketWriter(
        IEventLog log, IFeedStore store, TradingMode mode, bool isTape, ILogger logger, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(log);
        (_events, _keys, _store, _log, _cancel) = (log, log.Keys, store, logger, cancel);
        _holds = !isTape;
        _publisher = new EventSource(log, RoleNames.MarketPublisher, mode, isTape);
        _crossExchange = new EventSource(log, RoleNames.CrossExchange, mode, isTape);
        _foreign = new ForeignLetters(log, StreamCatalog.MarketData, RoleNames.MarketPublisher);
    }

    /// <summary>Entries ever added to each stream, as far as this writer knows.</summary>
    public IReadOnlyDictionary<string, long> Added => _added;

    /// <summary>Of a stream's entries: those ever added, and those that are held.</summary>
    public long AddedWithHeld(string key) =>
        _added.GetValueOrDefault(key) + _held.Count(entry => entry.StreamKey == key);

    /// <summary>
    /// Takes up after a position: what a step that broke off has already written is not written again.
    /// </summary>
    public void Resume(FeedPosition? position)
    {
        foreach (var key in s_written.SelectMany(_keys.KeysOf))
        {
            var now = Try(() => _store.EntriesAdded(key));
            var then = position?.Added.GetValueOrDefault(key, now) ?? now;
            _added[key] = Math.Min(now, then);
            _toSkip[key] = Math.Max(0, now - then);
        }
    }

    public void Tick(long atMs, in MarketTick tick) =>
        Publish(_publisher, StreamCatalog.MarketTick, tick.Symbol, tick, atMs);

    public void Data(long atMs, in MarketData state) =>
        Publish(_publisher, StreamCatalog.MarketData, state.Symbol, state, atMs);

    public void Quote(long atMs, in ExchangeRaw quote) =>
        Publish(_crossExchange, StreamCatalog.ExchangeRaw, quote.Symbol, quote, atMs);

    public void Kline(long atMs, in MarketKline kline)
    {
        var id = FormattableString.Invariant($"kline-{kline.Symbol}-{kline.OpenTimeMs}");
        Publish(_publisher, StreamCatalog.MarketKlines, kline.Symbol, kline, atMs, id);
    }

    /// <summary>Appends what is held, in its order.</summary>
    public void Flush()
    {
        if (_held.Count == 0) return;
        var isAgain = false;
        Try(() =>
        {
            if (isAgain) DropAppended();
            isAgain = true;
            if (_held.Count == 0) return 0;
            _events.AppendAll(_held);
            foreach (var entry in _held) Count(entry);
            _held.Clear();
            return 0;
        });
    }

    /// <summary>Tells that ticks had to be dropped: to the log, and where the audit finds it.</summary>
    /// <param name="count">How many, from 1.</param>
    /// <param name="atMs">When it was noticed, UTC epoch ms.</param>
    public void TellDropped(Symbol symbol, long count, long atMs)
    {
        _log.LogError(
            "{Count} ticks of {Symbol} were dropped: the event log was away for longer than they could wait", count,
            symbol);
        Try(() =>
        {
            _store.CountDropped(symbol, count, atMs);
            return 0;
        });
    }

    /// <summary>Puts aside what the exchange told and nobody understands.</summary>
    public void PutAside(string what, string payload, long nowMs) =>
        _foreign.PutAside(what, payload, nowMs, TellAway, _cancel);

    /// <summary>
    /// Calls until the log answers; throws <see cref="OperationCanceledException"/> when stopped meanwhile.
    /// </summary>
    public TResult Try<TResult>(Func<TResult> call) => LogPatience.Call(call, TellAway, _cancel);

    private void TellAway(string reason) =>
        _log.LogWarning("the event log is away ({Reason}); trying again", reason);

    // Only what has an id of its own can be told to come once; tail streams carry none.
    private void Publish<TEvent>(
        EventSource source, EventStream<TEvent> stream, Symbol symbol, TEvent payload, long atMs, string id = "")
        where TEvent : struct
    {
        var key = _keys.Stream(stream, _keys.ShardOf(symbol.Name));
        if (_toSkip.TryGetValue(key, out var skip) && skip > 0)
        {
            _toSkip[key] = skip - 1;
            _added[key]++;
        }
        else if (_holds && !source.BeginsTrace(stream, atMs))
        {
            var fields = _spare.TryPop(out var spare) ? spare : new FieldBuffer();
            _held.Add(source.Encode(stream, in payload, id, atMs, fields));
        }
        else
        {
            Flush();
            Append(key, () => source.Publish(stream, in payload, id, atMs, once: id.Length > 0));
        }
    }

    private void Append(string key, Action append)
    {
        var isAgain = false;
        Try(() =>
        {
            if (isAgain && AppendedSince(key) > 0) return 0;
            isAgain = true;
            append();
            _added[key] = _added.GetValueOrDefault(key) + 1;
            return 0;
        });
    }

    /// <summary>After a lost reply: how many entries are there that were not counted.</summary>
    private long AppendedSince(string key)
    {
        var now = _store.EntriesAdded(key);
        var then = _added.GetValueOrDefault(key);
        _added[key] = now;
        return now - then;
    }

    // Of a stream the first ones are there: they were sent in order.
    private void DropAppended()
    {
        foreach (var key in _held.Select(entry => entry.StreamKey).Distinct().ToArray())
        {
            var there = AppendedSince(key);
            for (var i = 0; i < _held.Count && there > 0; i++)
            {
                if (_held[i].StreamKey != key) continue;
                _spare.Push(_held[i].Fields);
                _held.RemoveAt(i--);
                there--;
            }
        }
    }

    private void Count(NewEntry entry)
    {
        _added[entry.StreamKey] = _added.GetValueOrDefault(entry.StreamKey) + 1;
        _spare.Push(entry.Fields);
    }
}
