using Quantum.EventLog.Runner;

namespace Quantum.Simulation;

/// <summary>
/// A generated market: trends, noise, jumps, busy and thin minutes, quotes of two venues, candles of a minute with
/// gaps where the feed stood still, funding at its time. The exchange has every price, the streams only what comes.
/// </summary>
internal sealed class SimulatedMarket
{
    private const long MinuteMs = 60_000;
    private const int QuoteEverySteps = 3;

    private readonly SimulatedWorld _world;
    private readonly SymbolMarket[] _symbols;
    private readonly EventSource _market;
    private readonly EventSource _venues;

    public SimulatedMarket(SimulatedWorld world)
    {
        _world = world;
        double[] prices = [100_000, 4_000, 1.5];
        _symbols = [.. world.Symbols.Select((symbol, i) => new SymbolMarket(symbol, prices[i]))];
        _market = new EventSource(world.Log, RoleNames.MarketPublisher, SimulatedWorld.Mode, traces: false);
        _venues = new EventSource(world.Log, RoleNames.CrossExchange, SimulatedWorld.Mode, traces: false);
    }

    /// <summary>A symbol's prices no longer come, ms.</summary>
    public void Freeze(string symbol, long ms) => Of(symbol).FrozenUntilMs = _world.NowMs + ms;

    /// <summary>Hardly anything of a symbol trades, ms.</summary>
    public void Thin(string symbol, long ms) => Of(symbol).ThinUntilMs = _world.NowMs + ms;

    /// <summary>Moves every symbol on.</summary>
    public void Step()
    {
        foreach (var symbol in _symbols) Step(symbol);
    }

    private void Step(SymbolMarket market)
    {
        var nowMs = _world.NowMs;
        if (market.OpenMs != nowMs / MinuteMs * MinuteMs) TurnMinute(market, nowMs / MinuteMs * MinuteMs);
        var draw = Draw.Of(_world.Seed, market.Symbol.Name, _world.Step + 1);
        market.Price *= 1 + 0.0004 * Math.Sin(nowMs / 400_000.0 + market.Price % 7) + (draw.Next() - 0.5) * 0.004
            + (draw.Chance(0.003) ? (draw.Next() - 0.5) * 0.04 : 0);
        var price = Math.Round((decimal)market.Price, market.Price > 100 ? 1 : 4);
        var usd = nowMs < market.ThinUntilMs ? 60 : 60_000 * (0.2 + draw.Next());
        var tick = new MarketTick
        {
            Symbol = market.Symbol, Price = price, Quantity = Math.Round((decimal)(usd / market.Price), 6),
            BidPrice = price * 0.9999m, AskPrice = price * 1.0001m,
        };
        var state = new MarketData
        {
            Symbol = market.Symbol, LastPrice = price, MarkPrice = price, BidPrice = tick.BidPrice,
            AskPrice = tick.AskPrice, High24hPrice = price * 1.02m, Low24hPrice = price * 0.98m, FundingRate = 0.0001,
        };
        _world.Wire.Tell(_world.Exchange.Mark(in state, nowMs));
        _world.Wire.Tell(_world.Exchange.Tick(in tick, nowMs));
        if (nowMs < market.FrozenUntilMs)
        {
            market.HasGap = true;
            return;
        }

        market.Add(price);
        _market.Publish(StreamCatalog.MarketTick, in tick, "", nowMs);
        if ((_world.Step + 1) % QuoteEverySteps != 0) return;
        _market.Publish(StreamCatalog.MarketData, in state, "", nowMs);
        Quote(market.Symbol, "binance", price, 0.0001m);
        Quote(market.Symbol, "bybit", price, 0.0002m);
    }

    private void Quote(Symbol symbol, string exchange, decimal price, decimal spread) => _venues.Publish(
        StreamCatalog.ExchangeRaw,
        new ExchangeRaw
        {
            Exchange = exchange, Symbol = symbol, BidPrice = price * (1 - spread), AskPrice = price * (1 + spread),
        },
        "", _world.NowMs);

    private void TurnMinute(SymbolMarket market, long openMs)
    {
        if (market is { Open: > 0, HasGap: false })
        {
            var candle = new MarketKline
            {
                Symbol = market.Symbol, Interval = "1m", OpenTimeMs = market.OpenMs,
                CloseTimeMs = market.OpenMs + MinuteMs, Open = market.Open, High = market.High, Low = market.Low,
                Close = market.Close, Volume = 1000, GapBefore = market.HadGap,
            };
            _market.Publish(
                StreamCatalog.MarketKlines, in candle, $"kline-{market.Symbol}-{market.OpenMs}", _world.NowMs,
                once: true);
        }

        market.Turn(openMs);
    }

    private SymbolMarket Of(string symbol) => Array.Find(_symbols, known => known.Symbol.Name == symbol)!;

    private sealed class SymbolMarket(Symbol symbol, double price)
    {
        public Symbol Symbol => symbol;
        public double Price { get; set; } = price;
        public long FrozenUntilMs { get; set; }
        public long ThinUntilMs { get; set; }
        public long OpenMs { get; private set; }
        public bool HasGap { get; set; }
        public bool HadGap { get; private set; }
        public decimal Open { get; private set; }
        public decimal High { get; private set; }
        public decimal Low { get; private set; }
        public decimal Close { get; private set; }

        public void Add(decimal now)
        {
            if (Open == 0) Open = High = Low = now;
            (High, Low, Close) = (Math.Max(High, now), Math.Min(Low, now), now);
        }

        public void Turn(long openMs)
        {
            (OpenMs, HadGap, HasGap) = (openMs, HasGap, false);
            Open = High = Low = Close = 0;
        }
    }
}
