using System.Diagnostics;
using Quantum.EventLog;
using Quantum.Feeds;

namespace Quantum.Market.Publishing;

/// <summary>
/// Publishes a tape without losing anything at any speed: after each step it waits for the readers, notes the position
/// and keeps the pace. For one thread.
/// </summary>
public sealed class TapePublisher : IMarketSink
{
    private readonly MarketWriter _writer;
    private readonly StepLog? _step;
    private readonly ReaderBarrier _barrier;
    private readonly IFeedStore _store;
    private readonly Pacer _pacer;
    private readonly FeedProgress _progress;
    private readonly FeedSwitch _switch;
    private readonly SilenceWatch _silence;
    private readonly StakeWatch _stakes;
    private readonly CancellationToken _cancel;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly double _secondsBefore;
    private FeedPosition _position;
    private long _candles;
    private long _ticks;
    private long _snapshots;
    private long _quotes;

    /// <param name="writer">Appends.</param>
    /// <param name="barrier">Waits for the readers.</param>
    /// <param name="store">Keeps the position.</param>
    /// <param name="pacer">Keeps the pace.</param>
    /// <param name="progress">Tells how far it is.</param>
    /// <param name="feedSwitch">Holds the tape between two steps.</param>
    /// <param name="start">Where the last run ended; counts go on from there.</param>
    /// <param name="last">What was told before that.</param>
    /// <param name="keys">Where the orders are.</param>
    /// <param name="log">Told of symbols that fall silent.</param>
    /// <param name="cancel">Ends every wait.</param>
    /// <param name="step">Where the writer's events of a step are collected; null: they are appended at once.</param>
    public TapePublisher(
        MarketWriter writer, ReaderBarrier barrier, IFeedStore store, Pacer pacer, FeedProgress progress,
        FeedSwitch feedSwitch, FeedPosition start, LastWords last, LogKeys keys, ILogger log,
        CancellationToken cancel, StepLog? step = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        (Last, _silence) = (last, new SilenceWatch(last, store, log));
        (_writer, _barrier, _store, _pacer, _progress) = (writer, barrier, store, pacer, progress);
        (_switch, _step) = (feedSwitch, step);
        _stakes = new StakeWatch(store, keys, start.Stakes, Keep);
        (_position, _cancel, _secondsBefore) = (start, cancel, start.Seconds);
        BeginTurns();
        var isFresh = start.Added.Count == 0;
        writer.Resume(isFresh ? null : start);
        // A first step that breaks off must have counts to go on from too.
        if (isFresh) store.WritePosition(_position = start with { Added = Counts() });
    }

    /// <summary>How far the tape is published and read.</summary>
    public FeedPosition Position => _position;

    /// <summary>The newest tick and state of each symbol of the tape so far.</summary>
    public LastWords Last { get; }

    public void Tick(long atMs, in MarketTick tick)
    {
        _pacer.Wait(atMs, _cancel);
        _writer.Tick(atMs, in tick);
        Last.Tick(atMs, in tick);
        _ticks++;
    }

    public void Data(long atMs, in MarketData state)
    {
        _pacer.Wait(atMs, _cancel);
        _writer.Data(atMs, in state);
        Last.Data(atMs, in state);
        _snapshots++;
    }

    public void Kline(long atMs, in MarketKline kline)
    {
        _pacer.Wait(atMs, _cancel);
        _writer.Kline(atMs, in kline);
        Last.Kline(atMs, in kline);
        _candles++;
    }

    public void Quote(long atMs, in ExchangeRaw quote)
    {
        _pacer.Wait(atMs, _cancel);
        _writer.Quote(atMs, in quote);
        _quotes++;
    }

    public bool IsWatched(Symbol symbol, long openMs) => _writer.Try(() => _stakes.IsWatched(symbol, openMs));

    public PositionSide? HeldSide(Symbol symbol, long openMs) => _writer.Try(() => _stakes.HeldSide(symbol, openMs));

    public void Step(long atMs)
    {
        _writer.Try(() =>
        {
            var isTurned = _step?.Offer(_barrier.Links) ?? false;
            _barrier.Wait(_cancel, isTurned: isTurned);
            return true;
        });
        _position = _position with
        {
            AtMs = atMs, FirstMs = _position.FirstMs == 0 ? atMs : _position.FirstMs,
            Candles = _position.Candles + _candles, Ticks = _position.Ticks + _ticks,
            Snapshots = _position.Snapshots + _snapshots, Quotes = _position.Quotes + _quotes, Added = Counts(),
            Seconds = _secondsBefore + _clock.Elapsed.TotalSeconds,
        };
        (_candles, _ticks, _snapshots, _quotes) = (0, 0, 0, 0);
        _store.WritePosition(_position);
        _progress.Step(atMs, _position.Candles);
        _writer.Try(() =>
        {
            _silence.Look(atMs);
            return true;
        });
        Hold();
    }

    /// <summary>Stands still while the operator wants it; no part of the time that the tape took.</summary>
    public void Hold()
    {
        if (!_switch.IsPaused) return;
        _clock.Stop();
        EndTurns();
        _switch.Wait(_cancel);
        BeginTurns();
        _clock.Start();
    }

    /// <summary>
    /// An instant after the tape's last one: its last prices stand. They are no events of the tape and not counted.
    /// </summary>
    public void Stand(long atMs, IReadOnlyList<MarketTick> ticks, IReadOnlyList<MarketData> states)
    {
        _pacer.Wait(atMs, _cancel);
        foreach (var tick in ticks) _writer.Tick(atMs, in tick);
        foreach (var state in states) _writer.Data(atMs, in state);
        Step(atMs);
    }

    /// <summary>Notes that the tape is over, for whoever waits for it.</summary>
    public FeedSummary Finish()
    {
        EndTurns();
        var summary = FeedSummary.Of(_position);
        _store.WriteDone(summary, Last.Ended.ToDictionary(pair => pair.Key.Name, pair => pair.Value));
        _store.WritePosition(_position = _position with { IsDone = true });
        return summary;
    }

    // What a step that broke off has left on the stages is put out, so that it can be counted.
    private void BeginTurns() => _writer.Try(() =>
    {
        _step?.Begin();
        if (_step is not null) _barrier.Wait(_cancel);
        return true;
    });

    // While nobody takes turns, what an operator's word leads to must not wait for one.
    private void EndTurns() => _writer.Try(() =>
    {
        _barrier.Wait(_cancel, ends: true);
        return true;
    });

    private void Keep(CandleStakes stakes) => _store.WritePosition(_position = _position with { Stakes = stakes });

    private Dictionary<string, long> Counts() => new(_writer.Added);
}
