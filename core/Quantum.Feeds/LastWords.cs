using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.Feeds;

/// <summary>
/// The newest tick and state of each symbol of a tape, and when that was: whose prices go on, and whose have ended.
/// </summary>
public sealed class LastWords : IMarketSink
{
    private const long Minute = 60_000;

    private readonly SortedDictionary<Symbol, MarketTick> _ticks = [];
    private readonly SortedDictionary<Symbol, MarketData> _states = [];
    private readonly SortedDictionary<Symbol, long> _heardAtMs = [];
    private long _longestCandleMs = Minute;

    /// <summary>The newest price of each symbol, UTC epoch ms.</summary>
    public IReadOnlyDictionary<Symbol, long> HeardAtMs => _heardAtMs;

    /// <summary>
    /// How old a price may be on this tape, ms: a candle and a half, as the roles take it, and at least of a minute's.
    /// </summary>
    public long StaleAfterMs => _longestCandleMs * 3 / 2;

    /// <summary>The newest tick of each symbol whose prices go on to the end of what was heard.</summary>
    public IReadOnlyList<MarketTick> LiveTicks => [.. _ticks.Values.Where(tick => IsLive(tick.Symbol))];

    /// <summary>The newest state of each of these.</summary>
    public IReadOnlyList<MarketData> LiveStates => [.. _states.Values.Where(state => IsLive(state.Symbol))];

    /// <summary>Symbols whose prices ended before the others', with the last one's time, UTC epoch ms.</summary>
    public IReadOnlyDictionary<Symbol, long> Ended => _heardAtMs.Where(pair => !IsLive(pair.Key)).ToDictionary();

    /// <summary>What a feed has told up to an instant, UTC epoch ms: what a publisher knew before it was restarted.
    /// </summary>
    public static LastWords UpTo(IMarketFeed feed, long atMs, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(feed);
        var words = new LastWords();
        if (atMs == 0) return words;
        using var reached = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        feed.Run(new Until(words, atMs, reached), reached.Token);
        return words;
    }

    public void Tick(long atMs, in MarketTick tick)
    {
        _ticks[tick.Symbol] = tick;
        _heardAtMs[tick.Symbol] = atMs;
    }

    public void Data(long atMs, in MarketData state)
    {
        _states[state.Symbol] = state;
        _heardAtMs[state.Symbol] = atMs;
    }

    public void Kline(long atMs, in MarketKline kline) =>
        _longestCandleMs = Math.Max(_longestCandleMs, kline.CloseTimeMs - kline.OpenTimeMs);

    public void Quote(long atMs, in ExchangeRaw quote)
    {
    }

    public void Step(long atMs)
    {
    }

    private bool IsLive(Symbol symbol) => _heardAtMs[symbol] + _longestCandleMs >= _heardAtMs.Values.Max();

    private sealed class Until(LastWords words, long lastMs, CancellationTokenSource reached) : IMarketSink
    {
        // A feed ends at the next step, not at once.
        private bool _isOver;

        public void Tick(long atMs, in MarketTick tick)
        {
            if (!_isOver) words.Tick(atMs, in tick);
        }

        public void Data(long atMs, in MarketData state)
        {
            if (!_isOver) words.Data(atMs, in state);
        }

        public void Kline(long atMs, in MarketKline kline)
        {
            if (!_isOver) words.Kline(atMs, in kline);
        }

        public void Quote(long atMs, in ExchangeRaw quote)
        {
        }

        public void Step(long atMs)
        {
            if (atMs < lastMs) return;
            _isOver = true;
            reached.Cancel();
        }
    }
}
