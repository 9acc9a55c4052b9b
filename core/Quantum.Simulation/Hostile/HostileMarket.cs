using Quantum.EventLog.Runner;

namespace Quantum.Simulation.Hostile;

/// <summary>An honest market beside: prices, quotes of two venues, closed candles, so that there is trading.</summary>
internal sealed class HostileMarket(EventSource market, EventSource venues, long seed)
{
    private const long MinuteMs = 60_000;

    private readonly (Symbol Symbol, double First)[] _symbols =
        [(Symbol.Parse("BTCUSDT"), 100_000), (Symbol.Parse("NEARUSDT"), 1.5)];

    private readonly decimal[] _open = new decimal[2];
    private readonly decimal[] _last = new decimal[2];
    private long _minute;

    /// <summary>Tells one step of it.</summary>
    public void Step(long nowMs, int step)
    {
        for (var i = 0; i < _symbols.Length; i++) Step(i, nowMs, step);
        _minute = nowMs / MinuteMs;
    }

    private void Step(int i, long nowMs, int step)
    {
        var (symbol, first) = _symbols[i];
        var draw = Draw.Of(seed, symbol.Name, step);
        var price = Math.Round((decimal)(first * (1 + 0.02 * Math.Sin(step / 40.0) + 0.002 * draw.Next())), 4);
        if (_open[i] == 0) _open[i] = price;
        if (_last[i] != 0 && nowMs / MinuteMs != _minute) Close(i, nowMs / MinuteMs * MinuteMs, price);
        _last[i] = price;
        var (bid, ask) = (price * 0.9999m, price * 1.0001m);
        market.Publish(
            StreamCatalog.MarketTick,
            new MarketTick { Symbol = symbol, Price = price, Quantity = 100, BidPrice = bid, AskPrice = ask }, "",
            nowMs);
        market.Publish(
            StreamCatalog.MarketData,
            new MarketData
            {
                Symbol = symbol, LastPrice = price, MarkPrice = price, BidPrice = bid, AskPrice = ask,
                High24hPrice = price * 1.02m, Low24hPrice = price * 0.98m, FundingRate = 0.0001,
            },
            "", nowMs);
        foreach (var exchange in (string[])["binance", "bybit"])
            venues.Publish(
                StreamCatalog.ExchangeRaw,
                new ExchangeRaw { Exchange = exchange, Symbol = symbol, BidPrice = bid, AskPrice = ask }, "", nowMs);
    }

    private void Close(int i, long atMs, decimal next)
    {
        var (symbol, open, close) = (_symbols[i].Symbol, _open[i], _last[i]);
        _open[i] = next;
        market.Publish(
            StreamCatalog.MarketKlines,
            new MarketKline
            {
                Symbol = symbol, Interval = "1m", OpenTimeMs = atMs - MinuteMs, CloseTimeMs = atMs, Open = open,
                High = Math.Max(open, close), Low = Math.Min(open, close), Close = close, Volume = 1000,
            },
            FormattableString.Invariant($"kline-{symbol}-{atMs}"), atMs, once: true);
    }
}
