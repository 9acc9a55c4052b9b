namespace Quantum.Feeds;

/// <summary>
/// The newest tick and state of each symbol of a tape, and when that was: whose prices go on, and whose have ended.
/// </summary>
public sealed class LastWords : IMarketSink
{
    private readonly SortedDictionary<Symbol, Said> _said = [];
    private readonly RecentKeys<Said> _recent = new();
    private long _longestCandleMs = CandleInterval.MinuteMs;

    /// <summary>The newest price of each symbol, UTC epoch ms.</summary>
    public IEnumerable<(Symbol Symbol, long AtMs)> HeardAtMs => _said.Select(pair => (pair.Key, pair.Value.AtMs));

    /// <summary>
    /// How old a price may be on this tape, ms: a candle and a half, as the roles take it, and at least of a minute's.
    /// </summary>
    public long StaleAfterMs => _longestCandleMs * 3 / 2;

    /// <summary>The newest tick of each symbol whose prices go on to the end of what was heard.</summary>
    public IReadOnlyList<MarketTick> LiveTicks =>
        [.. Live().Where(said => said.HasTick).Select(said => said.Tick)];

    /// <summary>The newest state of each of these.</summary>
    public IReadOnlyList<MarketData> LiveStates =>
        [.. Live().Where(said => said.HasState).Select(said => said.State)];

    /// <summary>Symbols whose prices ended before the others', with the last one's time, UTC epoch ms.</summary>
    public IReadOnlyDictionary<Symbol, long> Ended
    {
        get
        {
            var endedBeforeMs = EndedBeforeMs();
            return _said.Where(pair => pair.Value.AtMs < endedBeforeMs)
                .ToDictionary(pair => pair.Key, pair => pair.Value.AtMs);
        }
    }

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
        var said = Of(tick.Symbol);
        (said.Tick, said.HasTick, said.AtMs) = (tick, true, atMs);
    }

    public void Data(long atMs, in MarketData state)
    {
        var said = Of(state.Symbol);
        (said.State, said.HasState, said.AtMs) = (state, true, atMs);
    }

    public void Kline(long atMs, in MarketKline kline) =>
        _longestCandleMs = Math.Max(_longestCandleMs, kline.CloseTimeMs - kline.OpenTimeMs);

    public void Quote(long atMs, in ExchangeRaw quote)
    {
    }

    public void Step(long atMs)
    {
    }

    private IEnumerable<Said> Live()
    {
        var endedBeforeMs = EndedBeforeMs();
        return _said.Values.Where(said => said.AtMs >= endedBeforeMs);
    }

    private long EndedBeforeMs() =>
        _said.Count == 0 ? 0 : _said.Values.Max(said => said.AtMs) - _longestCandleMs;

    private Said Of(Symbol symbol)
    {
        if (_recent.TryGet(symbol.Name, out var known)) return known;
        if (!_said.TryGetValue(symbol, out var said)) _said[symbol] = said = new Said();
        _recent.Put(symbol.Name, said);
        return said;
    }

    private sealed class Said
    {
        public MarketTick Tick;
        public MarketData State;
        public long AtMs;
        public bool HasTick;
        public bool HasState;
    }

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
