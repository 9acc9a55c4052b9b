using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.InProcess;

namespace Quantum.InProcess.Tests;

/// <summary>A seeded market of three symbols: drifting, noisy prices on two venues, a candle each minute.</summary>
public static class MarketTape
{
    public const long StartMs = 1_766_552_400_000;
    private const int TicksPerMinute = 6;
    private static readonly Symbol[] s_symbols =
        [Symbol.Parse("BTCUSDT"), Symbol.Parse("ETHUSDT"), Symbol.Parse("NEARUSDT")];

    /// <summary>Plays so many minutes; <paramref name="between"/> is called behind each with its number.</summary>
    public static void Play(InProcessRun run, int seed, int minutes, Action<int>? between = null)
    {
        var random = new Random(seed);
        var prices = new double[] { 100_000, 4_000, 1.5 };
        for (var minute = 0; minute < minutes; minute++)
        {
            var candles = prices.Select(price => new Candle(Round(price))).ToArray();
            for (var tick = 0; tick < TicksPerMinute; tick++)
                for (var i = 0; i < s_symbols.Length; i++)
                {
                    prices[i] *= 1 + 0.0005 * Math.Sin(minute / 37.0 + i) + (random.NextDouble() - 0.5) * 0.003;
                    candles[i].Add(Round(prices[i]));
                    Quote(run, s_symbols[i], Round(prices[i]), StartMs + minute * 60_000L + tick * 10_000L + i);
                }

            for (var i = 0; i < s_symbols.Length; i++)
                Close(run, s_symbols[i], candles[i], StartMs + minute * 60_000L, i);
            between?.Invoke(minute);
        }
    }

    private static void Quote(InProcessRun run, Symbol symbol, decimal price, long atMs)
    {
        run.Publish(StreamCatalog.MarketTick, new MarketTick { Symbol = symbol, Price = price, Quantity = 5 }, atMs);
        foreach (var (venue, spread) in (ReadOnlySpan<(string, decimal)>)[("binance", 0.0001m), ("bybit", 0.0002m)])
            run.Publish(
                StreamCatalog.ExchangeRaw,
                new ExchangeRaw
                {
                    Exchange = venue, Symbol = symbol, BidPrice = price * (1 - spread), AskPrice = price * (1 + spread),
                },
                atMs);
        run.Publish(
            StreamCatalog.MarketData,
            new MarketData
            {
                Symbol = symbol, LastPrice = price, MarkPrice = price, BidPrice = price * 0.9999m,
                AskPrice = price * 1.0001m, High24hPrice = price * 1.02m, Low24hPrice = price * 0.98m,
                FundingRate = 0.0001,
            },
            atMs);
    }

    private static void Close(InProcessRun run, Symbol symbol, Candle candle, long openMs, int offsetMs) => run.Publish(
        StreamCatalog.MarketKlines,
        new MarketKline
        {
            Symbol = symbol, Interval = "1m", OpenTimeMs = openMs, CloseTimeMs = openMs + 60_000, Open = candle.Open,
            High = candle.High, Low = candle.Low, Close = candle.Last, Volume = 1000, GapBefore = false,
        },
        openMs + 59_990 + offsetMs, $"kline-{symbol}-{openMs}");

    private static decimal Round(double price) => Math.Round((decimal)price, price > 100 ? 1 : 4);

    private sealed class Candle(decimal open)
    {
        public decimal Open { get; } = open;
        public decimal High { get; private set; } = open;
        public decimal Low { get; private set; } = open;
        public decimal Last { get; private set; } = open;

        public void Add(decimal price) =>
            (High, Low, Last) = (Math.Max(High, price), Math.Min(Low, price), price);
    }
}
