using Quantum.Feeds;
using Quantum.Venue.Engine;

namespace Quantum.Venue.Market;

/// <summary>
/// Plays the feed on a thread of its own: what is warm-up at once, while the loop does not run yet; then, once the
/// doors are open, in step with the venue's clock, every event through the loop. A tape sets the clock: at real time
/// once, so that time runs on evenly; at another speed with each instant.
/// </summary>
internal sealed class FeedPump : IMarketSink, IDisposable
{
    private const long MostBehindMs = 1_000;

    private readonly IMarketFeed _feed;
    private readonly FeedSettings _settings;
    private readonly VenueCore _core;
    private readonly MarketBoard _board;
    private readonly Pacer _pacer;
    private readonly CancellationTokenSource _stop = new();
    private readonly ManualResetEventSlim _mayPlay = new();
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private bool _isLive;
    private long _waitedMs;

    /// <param name="feed">What is played.</param>
    /// <param name="settings">How.</param>
    /// <param name="core">Whose loop is told.</param>
    /// <param name="board">Takes the warm-up.</param>
    /// <param name="time">Real time.</param>
    public FeedPump(IMarketFeed feed, FeedSettings settings, VenueCore core, MarketBoard board, TimeProvider time)
    {
        (_feed, _settings, _core, _board) = (feed, settings, core, board);
        _pacer = new Pacer(settings.Speed, time, liveFromMs: 0);
        _thread = new Thread(Run) { Name = "venue feed", IsBackground = true };
    }

    /// <summary>Done when the warm-up is loaded; fails when the feed does.</summary>
    public Task Loaded => _loaded.Task;

    /// <summary>Done when the tape is over or the pump was stopped; fails when the feed does.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Begins to load the warm-up; the loop must not run yet.</summary>
    public void Load() => _thread.Start();

    /// <summary>Lets the market go on; the loop runs.</summary>
    public void Play() => _mayPlay.Set();

    public void Tick(long atMs, in MarketTick tick)
    {
        Wait(atMs);
        if (IsOurs(tick.Symbol)) _core.Inlet.Tick(atMs, in tick);
    }

    public void Book(long atMs, in BookTop top)
    {
        Wait(atMs);
        // Orders are met by prices that were traded, with the book of that moment beside them; nobody else hears this.
        var told = top;
        if (IsOurs(top.Symbol)) _core.Loop.Post(() => _board.Book(atMs, in told));
    }

    public void Data(long atMs, in MarketData state)
    {
        Wait(atMs);
        if (IsOurs(state.Symbol)) _core.Inlet.Data(atMs, in state);
    }

    public void Quote(long atMs, in ExchangeRaw quote)
    {
        Wait(atMs);
        if (IsOurs(quote.Symbol)) _core.Inlet.Quote(atMs, in quote);
    }

    public void Kline(long atMs, in MarketKline kline)
    {
        if (!_isLive)
        {
            _board.Kline(atMs, in kline);
            return;
        }

        Wait(atMs);
        if (IsOurs(kline.Symbol)) _core.Inlet.Kline(atMs, in kline);
    }

    public void Step(long atMs)
    {
        if (!_isLive) return;
        Wait(atMs);
        _core.Inlet.Step(atMs);
    }

    public bool IsWatched(Symbol symbol, long openMs)
    {
        // Of a candle that is played: the warm-up is over.
        Wait(openMs);
        return _core.Inlet.IsWatched(symbol, openMs);
    }

    public PositionSide? HeldSide(Symbol symbol, long openMs) => _core.Inlet.HeldSide(symbol, openMs);

    public void Dispose()
    {
        _stop.Cancel();
        if (_thread.IsAlive) _thread.Join();
        _mayPlay.Dispose();
        _stop.Dispose();
    }

    private bool IsOurs(Symbol symbol) => _board.Find(symbol) is not null;

    private void Run()
    {
        try
        {
            _feed.Run(this, _stop.Token);
            if (!_isLive) throw new FeedException("the feed holds nothing to be played after its warm-up.");
            _ended.TrySetResult();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            _ended.TrySetResult();
            _loaded.TrySetCanceled();
        }
        catch (Exception fault)
        {
            _loaded.TrySetException(fault);
            _ended.TrySetException(fault);
        }
    }

    private void Wait(long atMs)
    {
        if (!_isLive) GoLive(atMs);
        if (atMs <= _waitedMs) return;
        _waitedMs = atMs;
        if (_settings.Speed is 1) WaitForClock(atMs);
        else
        {
            _pacer.Wait(atMs, _stop.Token);
            _core.Clock.Set(atMs);
        }

        _stop.Token.ThrowIfCancellationRequested();
    }

    private void WaitForClock(long atMs)
    {
        var early = atMs - _core.Clock.NowMs;
        if (early > 0) _stop.Token.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(Math.Min(early, int.MaxValue)));
        else if (early < -MostBehindMs && _settings.IsTape) _core.Clock.Set(atMs);
    }

    private void GoLive(long atMs)
    {
        _isLive = true;
        // A tape begins now, whenever it was recorded.
        if (_settings.IsTape) _core.Clock.Set(atMs);
        _loaded.TrySetResult();
        _mayPlay.Wait(_stop.Token);
        if (_settings.IsTape) _core.Clock.Set(atMs);
    }
}
