namespace Quantum.Feeds.Generated;

/// <summary>
/// A seeded market of one-second steps: per symbol a tick with bid and ask, market_data with mark price and funding,
/// and the quotes of three venues, at the last ms of the second; closed 1-minute candles at their close time, as a step
/// of their own. The path follows from seed and anchor alone, so a restart goes on where it was.
/// </summary>
public sealed class GeneratedFeed : IMarketFeed
{
    private const long SecondMs = 1_000;
    private const long Minute = CandleInterval.MinuteMs;
    private const long FundingEveryMs = 8 * 60 * Minute;

    private static readonly string[] s_venues = ["binance", "bybit", "okx"];

    private readonly GeneratedSettings _settings;
    private readonly GeneratedSymbol[] _known;

    public GeneratedFeed(GeneratedSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.AnchorMs <= 0 || settings.AnchorMs % Minute != 0)
        {
            throw new FeedException(
                $"the generated market's anchor {settings.AnchorMs} is no whole minute in UTC epoch ms: "
                + $"correct {FeedNames.From}.");
        }

        if (!(settings.Edge is >= 0 and <= GeneratedSettings.MostEdge))
        {
            throw new FeedException(string.Create(CultureInfo.InvariantCulture,
                $"{FeedNames.Of("Feed:Edge")} is {settings.Edge}: use 0 to {GeneratedSettings.MostEdge}."));
        }

        if (settings.Symbols.Count == 0)
            throw new FeedException($"the generated market has no symbol: name at least one in {FeedNames.Symbols}.");
        _settings = settings;
        _known = [.. settings.Symbols.Distinct().Select(GeneratedSymbol.Find)];
    }

    public string Identity => string.Create(
        CultureInfo.InvariantCulture,
        $"generated|{_settings.Seed}|{_settings.Edge}|{_settings.AnchorMs}|{string.Join(',', Symbols)}");

    public IReadOnlyList<Symbol> Symbols => [.. _known.Select(known => known.Symbol)];

    public long? FirstMs => _settings.AnchorMs;

    public long? LastMs => _settings.EndMs;

    public long LiveFromMs => _settings.LiveFromMs;

    public void Run(IMarketSink sink, CancellationToken cancel, long afterMs = 0)
    {
        var regime = new RegimeChain(Xoshiro256.For(_settings.Seed, "regime"));
        var shared = Xoshiro256.For(_settings.Seed, "shared");
        var markets = _known.Select(known => new Market(known, _settings.Seed, _settings.Edge)).ToArray();
        for (var endMs = _settings.AnchorMs + SecondMs; !(endMs > _settings.EndMs); endMs += SecondMs)
        {
            if (cancel.IsCancellationRequested) return;
            regime.Advance();
            var common = shared.NextNormal();
            foreach (var market in markets) market.Advance(regime, common, endMs - 1);
            if (endMs > _settings.LiveFromMs && endMs - 1 > afterMs) TellSecond(sink, markets, endMs - 1);
            if (endMs % Minute != 0) continue;
            if (_settings.OnMinute is { } told)
                foreach (var market in markets) told(market.Path, endMs);
            TellMinute(endMs > afterMs ? sink : SilentSink.Instance, markets, endMs);
        }
    }

    private static void TellSecond(IMarketSink sink, Market[] markets, long atMs)
    {
        foreach (var market in markets) sink.Tick(atMs, market.Tick());
        foreach (var market in markets)
        {
            sink.Data(atMs, market.Snapshot(atMs));
            for (var venue = 0; venue < s_venues.Length; venue++) sink.Quote(atMs, market.Quote(venue));
        }

        sink.Step(atMs);
    }

    private static void TellMinute(IMarketSink sink, Market[] markets, long closeMs)
    {
        foreach (var market in markets) sink.Kline(closeMs, market.CloseCandle(closeMs - Minute));
        sink.Step(closeMs);
    }

    /// <summary>One symbol while it is generated.</summary>
    private sealed class Market(GeneratedSymbol symbol, ulong seed, double edge)
    {
        private readonly MarketPath _path = new(symbol, seed, edge);
        private readonly SymbolMarket _state = new(symbol.Symbol);
        private readonly TradeCandle _candle = new(symbol.Symbol, CandleInterval.NameOf(Minute)!, Minute);
        private decimal _quantity;

        public MarketPath Path => _path;

        public void Advance(RegimeChain regime, double common, long atMs)
        {
            _path.Advance(regime, common);
            _quantity = _path.Quantity;
            var price = _path.LastPrice;
            _candle.Add(price, _quantity);
            _state.Traded(atMs, price, (double)(price * _quantity));
        }

        public MarketKline CloseCandle(long openTimeMs) => _candle.Close(openTimeMs);

        public MarketTick Tick()
        {
            var (bid, ask) = _path.Book(0);
            return new MarketTick
            {
                Symbol = symbol.Symbol, Price = _path.LastPrice, Quantity = _quantity,
                IsBuyerMaker = _path.LastReturn < 0,
                BidPrice = bid, AskPrice = ask,
            };
        }

        public MarketData Snapshot(long atMs)
        {
            (_state.BidPrice, _state.AskPrice) = _path.Book(0);
            _state.MarkPrice = _path.MarkPrice;
            _state.FundingRate = _path.FundingRate;
            _state.NextFundingAtMs = (atMs / FundingEveryMs + 1) * FundingEveryMs;
            return _state.Snapshot();
        }

        public ExchangeRaw Quote(int venue)
        {
            var (bid, ask) = _path.Book(venue);
            return new ExchangeRaw
            {
                Exchange = s_venues[venue], Symbol = symbol.Symbol, BidPrice = bid, AskPrice = ask,
                LastPrice = venue == 0 ? _path.LastPrice : null, FundingRate = _path.FundingRate + 0.00001 * venue,
            };
        }
    }
}
