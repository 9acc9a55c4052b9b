using Quantum.Feeds;
using Quantum.Feeds.Recorded;
using Quantum.Roles.Symbols;
using Quantum.Venue.Engine;

namespace Quantum.Venue.Market;

/// <summary>
/// The market side of the venue: what any feed tells as Binance's public addresses and streams. It is opened before the
/// venue's doors, with the warm-up loaded, and plays from <see cref="Play"/> on.
/// </summary>
public sealed class MarketSide : IDisposable
{
    private readonly FeedPump _pump;
    private readonly MarketStreams _streams;
    private readonly VenueLoop _loop;

    private MarketSide(FeedPump pump, MarketStreams streams, VenueLoop loop) =>
        (_pump, _streams, _loop) = (pump, streams, loop);

    /// <summary>Done when the tape is over: its last prices stand. Fails when the feed does.</summary>
    public Task Ended => _pump.Ended;

    /// <summary>
    /// Adds the market's addresses, streams and listener to the venue and loads the warm-up; before the venue starts,
    /// and before the accounts are added. Throws <see cref="FeedException"/> with one line.
    /// </summary>
    /// <param name="core">The venue.</param>
    /// <param name="settings">Which market.</param>
    /// <param name="tell">Told gaps and what is left out.</param>
    /// <param name="time">Real time.</param>
    public static async Task<MarketSide> OpenAsync(
        VenueCore core, FeedSettings settings, Action<TapeNotice> tell, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(core);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(tell);
        ArgumentNullException.ThrowIfNull(time);
        var feed = Feed(settings, tell, time.GetUtcNow().ToUnixTimeMilliseconds());
        var markets = MarketsOf(feed.Symbols, core, tell);
        var streams = new MarketStreams(core.Streams, markets, () => core.Clock.NowMs);
        var board = new MarketBoard(markets, streams, core.Rules.HalfSpreadFraction);
        core.Hear(board);
        core.Loop.Struck += streams.Strike;
        new ExchangeRoutes(board, core.Options, core.Rules).AddTo(core.Routes);
        new CandleRoutes(board).AddTo(core.Routes);
        new TradeRoutes(board).AddTo(core.Routes);
        new TickerRoutes(board).AddTo(core.Routes);
        new FundingRoutes(board).AddTo(core.Routes);
        var side = new MarketSide(new FeedPump(feed, settings, core, board, time), streams, core.Loop);
        side._pump.Load();
        await side._pump.Loaded;
        return side;
    }

    /// <summary>Lets the market go on, once the venue's doors are open.</summary>
    public void Play() => _pump.Play();

    /// <summary>Ends the feed; what was told last stands.</summary>
    public void Dispose()
    {
        _pump.Dispose();
        // The loop may go on: then they end on its thread.
        _loop.Post(() =>
        {
            _loop.Struck -= _streams.Strike;
            _streams.Dispose();
        });
    }

    // Who names no start of recorded candles wants the recording, and clients want candles from before they came.
    private static IMarketFeed Feed(FeedSettings settings, Action<TapeNotice> tell, long nowMs)
    {
        if (settings is not { Kind: FeedKind.Recorded, FromMs: null, HistoryCandles: > 0 })
            return FeedFactory.Create(settings, nowMs, tell);
        var notices = new List<TapeNotice>();
        var feed = FeedFactory.Create(settings, nowMs, notices.Add);
        if (feed is not CandleFeed candles)
        {
            notices.ForEach(tell);
            return feed;
        }

        var (first, last) = (candles.FirstMs!.Value, candles.LastMs!.Value);
        var warmUp = Math.Min(settings.HistoryCandles, (last - first) / candles.IntervalMs / 2);
        return FeedFactory.Create(settings with { FromMs = first + warmUp * candles.IntervalMs }, nowMs, tell);
    }

    private static SymbolMarket[] MarketsOf(IReadOnlyList<Symbol> symbols, VenueCore core, Action<TapeNotice> tell)
    {
        var unknown = symbols.Where(symbol => core.Instruments.Find(symbol) is null).ToArray();
        if (unknown.Length == symbols.Count)
            throw new FeedException($"nothing of this feed can be traded: {SymbolFilterBook.Unknown(unknown)}.");
        if (unknown.Length > 0)
            tell(new TapeNotice(true, $"left without trading: {SymbolFilterBook.Unknown(unknown)}"));
        return
        [
            .. symbols.Select(core.Instruments.Find).OfType<Quantum.Instruments.Instrument>()
                .Select(instrument => new SymbolMarket(instrument)),
        ];
    }
}
