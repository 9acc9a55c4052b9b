namespace Quantum.Venue.Market;

/// <summary>
/// Tells the market's streams: what happens when it happens, and what has a pace of its own by the venue's clock. What
/// nobody hears is not written.
/// </summary>
internal sealed class MarketStreams : IDisposable
{
    private const long KlinePaceMs = 250;
    private const long SecondMs = 1_000;
    private const int SecondsOfMark = 3;

    private readonly StreamHub _hub;
    private readonly MarketFrames _frames = new();
    private readonly IReadOnlyList<SymbolMarket> _markets;
    private readonly Func<long> _nowMs;
    private readonly Dictionary<string, SymbolMarket> _byName;
    private readonly Dictionary<string, KlineStream> _klines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DepthStream> _depths = new(StringComparer.Ordinal);
    private readonly List<string> _unheard = [];
    private long _second;

    /// <param name="hub">Who hears what.</param>
    /// <param name="markets">In the order of the feed.</param>
    /// <param name="nowMs">The venue's time, UTC epoch ms.</param>
    public MarketStreams(StreamHub hub, IReadOnlyList<SymbolMarket> markets, Func<long> nowMs)
    {
        (_hub, _markets, _nowMs) = (hub, markets, nowMs);
        _byName = markets.ToDictionary(market => market.Streams.Symbol, StringComparer.Ordinal);
        hub.GroupOf = stream => StreamNames.GroupOf(stream, _byName.GetValueOrDefault);
        hub.Subscribed += Register;
    }

    /// <summary>The best bid and ask were told.</summary>
    public void Topped(SymbolMarket market)
    {
        foreach (var depth in _depths.Values)
            if (depth.Market == market) depth.Track.Changed();
        var isHeardByAll = _hub.IsHeard(StreamNames.AllBookTickers);
        if (!isHeardByAll && !_hub.IsHeard(market.Streams.BookTicker)) return;
        var frame = _frames.BookTicker(market, _nowMs());
        _hub.Publish(market.Streams.BookTicker, frame);
        if (isHeardByAll) _hub.Publish(StreamNames.AllBookTickers, frame);
    }

    public void Traded(SymbolMarket market, in Trade trade)
    {
        if (_hub.IsHeard(market.Streams.Trade))
            _hub.Publish(market.Streams.Trade, _frames.Trade(market, in trade, _nowMs()));
        Moved(market);
    }

    /// <summary>The running candles have changed.</summary>
    public void Moved(SymbolMarket market)
    {
        foreach (var kline in _klines.Values) kline.HasNews |= kline.Market == market;
    }

    public void Aggregated(SymbolMarket market, in AggregateTrade trade)
    {
        if (_hub.IsHeard(market.Streams.AggregateTrade))
            _hub.Publish(market.Streams.AggregateTrade, _frames.AggregateTrade(market, in trade, _nowMs()));
    }

    /// <summary>A minute is over, and with it the longer candles that end there.</summary>
    public void Closed(SymbolMarket market, in Candle minute)
    {
        var endMs = minute.OpenMs + 60_000;
        foreach (var (stream, kline) in _klines)
        {
            if (kline.Market != market || !_hub.IsHeard(stream)) continue;
            var openMs = kline.Interval.OpenOf(minute.OpenMs);
            if (kline.Interval.EndOf(openMs) != endMs) continue;
            var whole = market.Candles.Of(kline.Interval, openMs);
            _hub.Publish(
                stream, _frames.Kline(market, kline.Interval, kline.IsContinuous, in whole, true, _nowMs()));
            kline.HasNews = false;
        }
    }

    /// <summary>The clock struck, UTC epoch ms.</summary>
    public void Strike(long nowMs)
    {
        TellKlines(nowMs);
        TellDepths(nowMs);
        if (nowMs / SecondMs == _second) return;
        _second = nowMs / SecondMs;
        var known = _markets.Where(market => market.IsKnown).ToArray();
        if (known.Length == 0) return;
        TellMarks(known, nowMs);
        TellTickers(known, nowMs);
    }

    public void Dispose() => _frames.Dispose();

    private void Register(string stream)
    {
        // A listen key is a stream, too, and so is what somebody made up.
        if (_hub.GroupOf(stream) is null || !_byName.TryGetValue(StreamNames.Split(stream).Symbol, out var market))
            return;
        if (StreamNames.IntervalOf(stream) is var (interval, isContinuous))
            _klines.TryAdd(stream, new KlineStream(market, interval, isContinuous));
        else if (DepthStream.Of(stream, market) is { } depth)
            _depths.TryAdd(stream, depth);
    }

    private void TellKlines(long nowMs)
    {
        foreach (var (stream, kline) in _klines)
        {
            if (!_hub.IsHeard(stream)) _unheard.Add(stream);
            // Also when the clock was set back.
            else if (kline is { HasNews: true, Market.IsKnown: true } && Math.Abs(nowMs - kline.ToldMs) >= KlinePaceMs)
            {
                (kline.HasNews, kline.ToldMs) = (false, nowMs);
                var candle = kline.Market.Candles.Running(kline.Interval);
                _hub.Publish(
                    stream,
                    _frames.Kline(kline.Market, kline.Interval, kline.IsContinuous, in candle, false, nowMs));
            }
        }

        foreach (var stream in _unheard) _klines.Remove(stream);
        _unheard.Clear();
    }

    private void TellDepths(long nowMs)
    {
        foreach (var (stream, depth) in _depths)
        {
            if (!_hub.IsHeard(stream)) _unheard.Add(stream);
            else if (depth.Track.HasNews && Math.Abs(nowMs - depth.ToldMs) >= depth.PaceMs)
            {
                depth.ToldMs = nowMs;
                var book = depth.Market.Book;
                _hub.Publish(stream, depth.Levels is { } levels
                    ? _frames.Depth(depth.Market, depth.Track.ToldId, MarketJson.Best(book, levels, isBid: true),
                        MarketJson.Best(book, levels, isBid: false), nowMs)
                    : _frames.Depth(depth.Market, depth.Track.ToldId, depth.Track.Bids, depth.Track.Asks, nowMs));
                depth.Track.Restart();
            }
        }

        foreach (var stream in _unheard) _depths.Remove(stream);
        _unheard.Clear();
    }

    private void TellMarks(SymbolMarket[] known, long nowMs)
    {
        var isThird = _second % SecondsOfMark == 0;
        foreach (var market in known)
        {
            var isHeardSlowly = isThird && _hub.IsHeard(market.Streams.Mark);
            if (!isHeardSlowly && !_hub.IsHeard(market.Streams.MarkEachSecond)) continue;
            var frame = _frames.Mark(market, nowMs);
            _hub.Publish(market.Streams.MarkEachSecond, frame);
            if (isHeardSlowly) _hub.Publish(market.Streams.Mark, frame);
        }

        var isWideSlowly = isThird && _hub.IsHeard(StreamNames.AllMarks);
        if (!isWideSlowly && !_hub.IsHeard(StreamNames.AllMarksEachSecond)) return;
        var all = _frames.Marks(known, nowMs);
        _hub.Publish(StreamNames.AllMarksEachSecond, all);
        if (isWideSlowly) _hub.Publish(StreamNames.AllMarks, all);
    }

    private void TellTickers(SymbolMarket[] known, long nowMs)
    {
        foreach (var isMini in (ReadOnlySpan<bool>)[false, true])
        {
            foreach (var market in known)
            {
                var stream = isMini ? market.Streams.MiniTicker : market.Streams.Ticker;
                if (_hub.IsHeard(stream)) _hub.Publish(stream, _frames.Ticker(market, isMini, nowMs));
            }

            var wide = isMini ? StreamNames.AllMiniTickers : StreamNames.AllTickers;
            if (_hub.IsHeard(wide)) _hub.Publish(wide, _frames.Tickers(known, isMini, nowMs));
        }
    }

    /// <summary>A candle stream that is heard.</summary>
    private sealed class KlineStream(SymbolMarket market, KlineInterval interval, bool isContinuous)
    {
        public SymbolMarket Market { get; } = market;

        public KlineInterval Interval { get; } = interval;

        public bool IsContinuous { get; } = isContinuous;

        public bool HasNews { get; set; } = true;

        public long ToldMs { get; set; }
    }

    /// <summary>A stream of a book that is heard.</summary>
    private sealed class DepthStream(SymbolMarket market, int? levels, long paceMs)
    {
        private const long UsualPaceMs = 250;

        public SymbolMarket Market { get; } = market;

        /// <summary>How many of the best are told; null: what changed.</summary>
        public int? Levels { get; } = levels;

        public long PaceMs { get; } = paceMs;

        public DepthTrack Track { get; } = new(market.Book);

        public long ToldMs { get; set; }

        /// <summary>By its name; null when it is none of a book.</summary>
        public static DepthStream? Of(string stream, SymbolMarket market)
        {
            var end = StreamNames.Split(stream).End;
            if (!end.StartsWith("depth", StringComparison.Ordinal)) return null;
            var parts = end["depth".Length..].Split('@');
            int? levels = parts[0].Length == 0 ? null : int.Parse(parts[0], CultureInfo.InvariantCulture);
            return new DepthStream(
                market, levels,
                parts.Length == 1 ? UsualPaceMs : long.Parse(parts[1][..^"ms".Length], CultureInfo.InvariantCulture));
        }
    }
}
