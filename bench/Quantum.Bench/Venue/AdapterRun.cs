using System.Diagnostics;
using System.Globalization;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.Bench.Venue;

/// <summary>
/// Trades and best prices of the venue through the adapter, beside a bare reading of the same streams.
/// </summary>
internal static class AdapterRun
{
    private const string Symbol = "BTCUSDT";
    private const double Median = 0.5;
    private const double Tail = 0.99;
    private const int PerSecond = 2_000;
    private const int TapeSeconds = 40;
    private const double CaptureSpeed = 20;

    /// <summary>Until then code is compiled when it is first called, of which the adapter has more.</summary>
    private const int WarmUpSeconds = 5;

    /// <summary>
    /// The bare reading blocks one for each trade: the pool must have another for the adapter's socket.
    /// </summary>
    private const int Threads = 8;

    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(90);

    /// <summary>
    /// A recorded capture twenty times as fast: no trade and no book ticker may be lost or change its place.
    /// </summary>
    public static IEnumerable<Figure> Capture(string? path)
    {
        if (path is null)
        {
            Console.Error.WriteLine("no capture: the trades are made up");
            return Made("venue_fast", PerSecond, 1);
        }

        return Run("venue_capture", path, CaptureSpeed, withService: true);
    }

    /// <summary>Two thousand trades a second: what the adapter adds between socket and Redis.</summary>
    public static IEnumerable<Figure> Steady() => Made("venue_adapter", PerSecond, 1);

    private static Figure[] Made(string name, int perSecond, double speed)
    {
        var folder = Directory.CreateTempSubdirectory("quantum-tape-").FullName;
        try
        {
            TradeTape.Write(Path.Combine(folder, $"{Symbol}-aggTrades-2025-01-01.csv"), perSecond, TapeSeconds);
            return Run(name, folder, speed, warmUp: WarmUpSeconds * perSecond);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Figure[] Run(string name, string path, double speed, bool withService = false, int warmUp = 0)
    {
        ThreadPool.SetMinThreads(Threads, Threads);
        using var plain = RedisServer.Start();
        using var adapted = RedisServer.Start();
        using var venue = new VenueHost(
            isPinned: false,
            ("Feed__Kind", "recorded"), ("Feed__Path", path), ("Feed__Symbols", Symbol),
            ("Feed__Speed", speed.ToString(CultureInfo.InvariantCulture)), ("Feed__HistoryCandles", "0"));
        using var socket = new SocketRead(venue.Streams, RespEndpoint.Parse(plain.ConnectionString), Symbol);
        using var adapter = new AdapterRead(venue, RespEndpoint.Parse(adapted.ConnectionString), Symbol);
        using var service = withService ? RedisServer.Start() : null;
        using var market = service is null ? null : new MarketServiceRead(venue, service, Symbol);
        UntilSilent(venue, socket, adapter, market);
        var difference = socket.Seen.CompareWith(adapter.Seen);
        if (difference.Count == 0) throw new InvalidOperationException("the adapter saw none of the venue's trades.");
        var warm = difference with
        {
            MineMs = [.. difference.MineMs.Skip(warmUp)], TheirsMs = [.. difference.TheirsMs.Skip(warmUp)],
        };
        return
        [
            new Figure(name + "_trades", difference.Count, "trades"),
            new Figure(name + "_lost", difference.Lost, "trades"),
            new Figure(name + "_reordered", difference.Reordered, "trades"),
            .. Books(name, socket, adapter),
            new Figure(name + "_later_p50", warm.LaterAt(Median), "ms"),
            new Figure(name + "_later_p99", warm.LaterAt(Tail), "ms"),
            new Figure(name + "_each_later_p50", TickDifference.At(warm.LaterMs, Median), "ms"),
            new Figure(name + "_each_later_p99", TickDifference.At(warm.LaterMs, Tail), "ms"),
            .. market is null ? [] : Service(name, socket, market),
        ];
    }

    // What is made up has trades alone: its best prices move with them.
    private static IEnumerable<Figure> Books(string name, SocketRead socket, AdapterRead adapter)
    {
        var books = socket.Books.CompareWith(adapter.Books);
        if (books.Count == 0) throw new InvalidOperationException("the adapter saw none of the venue's best prices.");
        yield return new Figure(name + "_books", books.Count, "book tickers");
        yield return new Figure(name + "_books_lost", books.Lost, "book tickers");
        yield return new Figure(name + "_books_reordered", books.Reordered, "book tickers");
    }

    // Candles are not held against anything: those of a recording are before its clock's present.
    private static IEnumerable<Figure> Service(string name, SocketRead socket, MarketServiceRead market)
    {
        market.Check();
        var ticks = socket.Seen.CompareWith(market.Seen);
        yield return new Figure(name + "_service_ticks", ticks.Count - ticks.Lost, "ticks");
        yield return new Figure(name + "_service_ticks_lost", ticks.Lost, "ticks");
        yield return new Figure(name + "_service_ticks_reordered", ticks.Reordered, "ticks");
    }

    private static void UntilSilent(
        VenueHost venue, SocketRead socket, AdapterRead adapter, MarketServiceRead? market)
    {
        using var never = new ManualResetEventSlim();
        var (clock, changed) = (Stopwatch.StartNew(), Stopwatch.StartNew());
        var last = (0, 0, 0);
        while (clock.Elapsed < s_longest && (last == (0, 0, 0) || changed.Elapsed < s_silence))
        {
            venue.Check();
            adapter.Check();
            market?.Check();
            never.Wait(TimeSpan.FromMilliseconds(100));
            var now = (socket.Seen.Count, adapter.Seen.Count, adapter.Books.Count);
            if (now != last) changed.Restart();
            last = now;
        }
    }
}
