using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.EventLog;
using Quantum.EventLog.Runner;

namespace Quantum.Market.Publishing;

/// <summary>
/// Appends market events, each once, also over lost replies and a crash: by counting what their streams ever got,
/// because the publisher is their only writer, and candles by their event id besides. For one thread.
/// </summary>
public sealed class MarketWriter
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(2);

    private static readonly EventStream[] s_written =
        [StreamCatalog.MarketTick, StreamCatalog.MarketData, StreamCatalog.ExchangeRaw, StreamCatalog.MarketKlines];

    private readonly LogKeys _keys;
    private readonly IFeedStore _store;
    private readonly ILogger _log;
    private readonly CancellationToken _cancel;
    private readonly EventSource _publisher;
    private readonly EventSource _crossExchange;
    private readonly Dictionary<string, long> _added = [];
    private readonly Dictionary<string, long> _toSkip = [];

    /// <param name="log">Where events go.</param>
    /// <param name="store">Tells what the streams ever got.</param>
    /// <param name="mode">On every event.</param>
    /// <param name="isTape">Nothing is trimmed before it is read.</param>
    /// <param name="logger">Told when the log is away.</param>
    /// <param name="cancel">Ends waiting for the log.</param>
    public MarketWriter(
        IEventLog log, IFeedStore store, TradingMode mode, bool isTape, ILogger logger, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(log);
        (_keys, _store, _log, _cancel) = (log.Keys, store, logger, cancel);
        _publisher = new EventSource(log, RoleNames.MarketPublisher, mode, isTape);
        _crossExchange = new EventSource(log, RoleNames.CrossExchange, mode, isTape);
    }

    /// <summary>Entries ever added to each stream, as far as this writer knows.</summary>
    public IReadOnlyDictionary<string, long> Added => _added;

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

    /// <summary>
    /// Calls until the log answers; throws <see cref="OperationCanceledException"/> when stopped meanwhile.
    /// </summary>
    public TResult Try<TResult>(Func<TResult> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        for (var pause = s_firstPause; ; pause = Longer(pause))
        {
            try
            {
                return call();
            }
            catch (LogUnavailableException e)
            {
                Pause(e, pause);
            }
        }
    }

    // Only what has an id of its own can be told to come once; tail streams carry none.
    private void Publish<TEvent>(
        EventSource source, EventStream<TEvent> stream, Symbol symbol, TEvent payload, long atMs, string id = "")
        where TEvent : struct =>
        Append(
            _keys.Stream(stream, _keys.ShardOf(symbol.Name)),
            () => source.Publish(stream, in payload, id, atMs, once: id.Length > 0));

    private void Append(string key, Func<EntryId> append)
    {
        if (_toSkip.TryGetValue(key, out var skip) && skip > 0)
        {
            _toSkip[key] = skip - 1;
            _added[key]++;
            return;
        }

        for (var pause = s_firstPause; ; pause = Longer(pause))
        {
            try
            {
                append();
                _added[key] = _added.GetValueOrDefault(key) + 1;
                return;
            }
            catch (LogUnavailableException e)
            {
                Pause(e, pause);
                var now = Try(() => _store.EntriesAdded(key));
                var then = _added.GetValueOrDefault(key);
                // The reply was lost, the entry was not.
                _added[key] = now;
                if (now > then) return;
            }
        }
    }

    private void Pause(LogUnavailableException error, TimeSpan pause)
    {
        _log.LogWarning("the event log is away ({Reason}); trying again", error.Message);
        _cancel.WaitHandle.WaitOne(pause);
        _cancel.ThrowIfCancellationRequested();
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
}
