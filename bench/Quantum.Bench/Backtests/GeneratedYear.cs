using Quantum.Bench.Decisions;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Feeds;
using Quantum.Feeds.Generated;

namespace Quantum.Bench.Backtests;

/// <summary>
/// Generated minutes as files, so that a run begins where a user's does. A month is generated, and told backwards and
/// forwards by turns until the time is full: to generate each second of a year would take as long as to play it. Where
/// one telling ends the next goes on, so that prices neither jump nor run away.
/// </summary>
internal sealed class GeneratedYear : IDisposable
{
    /// <summary>Days that are generated, each second of them.</summary>
    private const double MonthDays = 30;

    private const long StartMs = 1_733_011_200_000; // 2024-12-01
    private const long DayMs = 86_400_000;

    // The generator's markets are ten: these play two of them once more, from another seed.
    private static readonly (string Name, string Market)[] s_further =
        [("SUIUSDT", "NEARUSDT"), ("ARBUSDT", "ADAUSDT")];

    private readonly string _folder = Directory.CreateTempSubdirectory("quantum-bench-year-").FullName;

    /// <param name="symbols">How many, 1 to <see cref="MostSymbols"/>.</param>
    /// <param name="days">How long, above 0.</param>
    /// <param name="told">Told of each symbol that is done how many are, from 1; from several threads.</param>
    public GeneratedYear(int symbols, double days, Action<int> told)
    {
        var markets = GeneratedSymbol.Known.Select(known => (Name: known.Symbol, Market: known.Symbol, Seed: 1UL))
            .Concat(s_further.Select(further =>
                (Name: Symbol.Parse(further.Name), Market: Symbol.Parse(further.Market), Seed: 2UL)))
            .Take(symbols).ToArray();
        var done = 0;
        Parallel.ForEach(
            markets, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, market =>
            {
                Write(market.Name, Generated(market.Market, market.Seed, Math.Min(days, MonthDays)), days);
                told(Interlocked.Increment(ref done));
            });
    }

    /// <summary>As many as there are names for.</summary>
    public static int MostSymbols => GeneratedSymbol.Known.Count + s_further.Length;

    public FeedSettings Settings => new() { Kind = FeedKind.Recorded, Path = _folder };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // What a symbol does follows from the seed alone, whoever is generated beside it.
    private static List<MarketKline> Generated(Symbol market, ulong seed, double days)
    {
        var heard = new HeardCandles();
        new GeneratedFeed(new GeneratedSettings
        {
            Seed = seed, AnchorMs = StartMs, LiveFromMs = long.MaxValue, EndMs = StartMs + (long)(days * DayMs),
            Symbols = [market],
        }).Run(heard, CancellationToken.None);
        return heard.Candles;
    }

    private void Write(Symbol name, List<MarketKline> month, double days)
    {
        using var rows = new CandleRows(_folder);
        var count = (long)(days * DayMs) / CandleInterval.MinuteMs;
        for (long number = 0; number < count; number++)
        {
            var (telling, at) = Math.DivRem(number, month.Count);
            var isBackwards = telling % 2 == 1;
            var candle = month[(int)(isBackwards ? month.Count - 1 - at : at)];
            var openMs = StartMs + number * CandleInterval.MinuteMs;
            rows.Kline(openMs + CandleInterval.MinuteMs, candle with
            {
                Symbol = name, OpenTimeMs = openMs, CloseTimeMs = openMs + CandleInterval.MinuteMs,
                Open = isBackwards ? candle.Close : candle.Open, Close = isBackwards ? candle.Open : candle.Close,
            });
        }
    }

    private sealed class HeardCandles : IMarketSink
    {
        public List<MarketKline> Candles { get; } = [];

        public void Kline(long atMs, in MarketKline kline) => Candles.Add(kline);

        public void Tick(long atMs, in MarketTick tick)
        {
        }

        public void Data(long atMs, in MarketData state)
        {
        }

        public void Quote(long atMs, in ExchangeRaw quote)
        {
        }

        public void Step(long atMs)
        {
        }
    }
}
