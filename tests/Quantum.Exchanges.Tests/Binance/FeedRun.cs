using System.Collections.Concurrent;
using Quantum.Binance.Market;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Feeds;

namespace Quantum.Exchanges.Tests.Binance;

/// <summary>A clock that a test sets; what waits for it waits in real time.</summary>
internal sealed class SetClock(long nowMs) : TimeProvider
{
    private long _nowMs = nowMs;

    public long NowMs
    {
        get => Volatile.Read(ref _nowMs);
        set => Volatile.Write(ref _nowMs, value);
    }

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(NowMs);
}

/// <summary>Everything that a feed told, in order, held to the sink's rules.</summary>
internal sealed class ToldMarket : IMarketSink
{
    private long _steppedMs;
    private long _latestMs;

    public ConcurrentQueue<(long AtMs, MarketTick Tick)> Ticks { get; } = new();

    public ConcurrentQueue<(long AtMs, MarketData State)> States { get; } = new();

    public ConcurrentQueue<(long AtMs, MarketKline Candle)> Candles { get; } = new();

    public ConcurrentQueue<string> Faults { get; } = new();

    public int Steps { get; private set; }

    public void Tick(long atMs, in MarketTick tick)
    {
        Note(atMs, tick.Fault());
        Ticks.Enqueue((atMs, tick));
    }

    public ConcurrentQueue<(long AtMs, BookTop Top)> Books { get; } = new();

    public void Book(long atMs, in BookTop top)
    {
        Note(atMs, null);
        Books.Enqueue((atMs, top));
    }

    public ConcurrentQueue<string> Unreadable { get; } = new();

    public void Unread(string what, string payload) => Unreadable.Enqueue(what);

    public void Data(long atMs, in MarketData state)
    {
        Note(atMs, state.Fault());
        States.Enqueue((atMs, state));
    }

    public void Kline(long atMs, in MarketKline kline)
    {
        Note(atMs, kline.Fault());
        Candles.Enqueue((atMs, kline));
    }

    public void Quote(long atMs, in ExchangeRaw quote) => Faults.Enqueue("a quote, which another tells");

    public void Step(long atMs)
    {
        if (atMs <= _steppedMs) Faults.Enqueue($"step {atMs} after {_steppedMs}");
        if (_latestMs > atMs) Faults.Enqueue($"an event at {_latestMs} is later than its step {atMs}");
        _steppedMs = atMs;
        Steps++;
    }

    private void Note(long atMs, string? fault)
    {
        _latestMs = Math.Max(_latestMs, atMs);
        if (fault is not null) Faults.Enqueue(fault);
    }
}

/// <summary>A feed on its thread, and the venue of the test that it hears.</summary>
internal sealed class FeedRun : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private Task _running = Task.CompletedTask;

    private FeedRun(BinanceStub stub, SetClock clock) => (Stub, Clock) = (stub, clock);

    public BinanceStub Stub { get; }

    public SetClock Clock { get; }

    public ToldMarket Told { get; } = new();

    public LogLines Log { get; } = new();

    public BinanceFeed? Feed { get; private set; }

    public static async Task<FeedRun> PrepareAsync(long nowMs)
    {
        var stub = await BinanceStub.StartAsync();
        stub.On(StubReplies.Klines, request => StubAnswer.Ok(MarketFrames.Candles(request)));
        return new FeedRun(stub, new SetClock(nowMs));
    }

    public void Start(int history, long afterMs = 0, IReadOnlyList<Symbol>? symbols = null)
    {
        Feed = new BinanceFeed(
            new BinanceFeedSettings
            {
                Binance = VenueRun.SettingsOf(Stub) with { ApiKey = null, ApiSecret = null }, HistoryCandles = history,
                Symbols = symbols ?? [VenueRun.Btc], Time = Clock,
            },
            Log);
        _running = Task.Factory.StartNew(
            () => Feed.Run(Told, _end.Token, afterMs), CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    /// <summary>The fault that ended the feed, or null.</summary>
    public async Task<Exception?> EndAsync()
    {
        await _end.CancelAsync();
        return await Record.ExceptionAsync(() => _running) is { } fault and not OperationCanceledException
            ? fault
            : null;
    }

    public Task<Exception?> FaultAsync() => Record.ExceptionAsync(() => _running)!;

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        await Stub.DisposeAsync();
        _end.Dispose();
    }
}
