using System.Globalization;
using System.IO.Compression;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Feeds;
using Quantum.Feeds.Generated;

namespace Quantum.EndToEnd.Tests.Harness;

/// <summary>
/// A small recording: the first candles of the real one where it lies beside the repository (unless
/// <c>QUANTUM_TEST_MARKET=generated</c>), else of a seeded generated market.
/// </summary>
internal sealed record RecordedMarket(string File, int Candles, string Source)
{
    public const string Symbol = "NEARUSDT";
    private const string Switch = "QUANTUM_TEST_MARKET";
    private const string Header = "timestamp,open,high,low,close,volume,quote_volume,trades";

    /// <summary>Writes the recording into a folder of the test.</summary>
    /// <param name="folder">Made where it is not there.</param>
    /// <param name="candles">Of each symbol.</param>
    /// <param name="symbols">None: <see cref="Symbol"/> alone.</param>
    public static RecordedMarket Write(string folder, int candles, params string[] symbols)
    {
        Directory.CreateDirectory(folder);
        if (symbols.Length == 0) symbols = [Symbol];
        var isReal = Array.TrueForAll(symbols, symbol => FindReal(symbol) is not null);
        foreach (var symbol in symbols)
        {
            var rows = isReal ? Real(FindReal(symbol)!, candles) : Generated(candles, symbol);
            System.IO.File.WriteAllLines(Path.Combine(folder, symbol + ".csv"), [Header, .. rows]);
            Assert.Equal(candles, rows.Length);
        }

        var path = symbols.Length == 1 ? Path.Combine(folder, symbols[0] + ".csv") : folder;
        return new RecordedMarket(path, candles * symbols.Length, isReal ? "recorded candles" : "generated candles");
    }

    private static string? FindReal(string symbol)
    {
        if (Environment.GetEnvironmentVariable(Switch) == "generated") return null;
        for (var folder = new DirectoryInfo(BuiltProgram.Root); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", "data", "klines-1m", symbol + ".csv.gz");
            if (System.IO.File.Exists(file)) return file;
        }

        return null;
    }

    private static string[] Real(string file, int candles)
    {
        using var reader = new StreamReader(new GZipStream(System.IO.File.OpenRead(file), CompressionMode.Decompress));
        Assert.Equal(Header, reader.ReadLine());
        return [.. Enumerable.Range(0, candles).Select(_ => reader.ReadLine()).OfType<string>()];
    }

    private static string[] Generated(int candles, string symbol)
    {
        const long FirstMs = 1_764_889_080_000;
        var sink = new CandleRows();
        new GeneratedFeed(new GeneratedSettings
        {
            Seed = 7, AnchorMs = FirstMs, LiveFromMs = long.MaxValue, EndMs = FirstMs + candles * 60_000L,
            Symbols = [Contracts.Units.Symbol.Parse(symbol)],
        }).Run(sink, CancellationToken.None);
        return [.. sink.Rows];
    }

    private sealed class CandleRows : IMarketSink
    {
        public List<string> Rows { get; } = [];

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

        public void Kline(long atMs, in MarketKline kline)
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(kline.OpenTimeMs);
            var prices = string.Create(
                CultureInfo.InvariantCulture, $"{kline.Open},{kline.High},{kline.Low},{kline.Close}");
            Rows.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{at:yyyy-MM-dd HH:mm:ss+00:00},{prices},{kline.Volume},{kline.Volume * kline.Close},1"));
        }
    }
}
