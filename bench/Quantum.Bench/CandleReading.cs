using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Quantum.Feeds.Recorded;

namespace Quantum.Bench;

/// <summary>
/// Minute candles of one symbol as CSV, packed with gzip and plain, opened as a run opens them: every row read and
/// checked,
/// on one thread. What unpacking alone costs is measured beside.
/// </summary>
internal static class CandleReading
{
    private const int Rows = 2_000_000;
    private const int QuickRows = 200_000;
    private const int Rounds = 5;

    public static IEnumerable<Figure> Run(bool quick)
    {
        var rows = quick ? QuickRows : Rows;
        var folder = Directory.CreateTempSubdirectory("quantum-bench-feeds-");
        try
        {
            var packed = Path.Combine(folder.FullName, "BTCUSDT.csv.gz");
            var plain = Path.Combine(folder.FullName, "BTCUSDT.csv");
            Write(plain, packed, rows);
            var read = Seconds(() => Open(packed, rows));
            var unpacked = Seconds(() => Unpack(packed));
            var readPlain = Seconds(() => Open(plain, rows));
            return
            [
                new Figure("feeds_csv_gz_rows_per_s", rows / read, "rows/s"),
                new Figure("feeds_csv_gz_share_of_gzip", unpacked / read, "ratio"),
                new Figure("feeds_csv_rows_per_s", rows / readPlain, "rows/s"),
                new Figure("feeds_csv_bytes_per_row", new FileInfo(plain).Length / (double)rows, "B"),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The median of some rounds behind one that only warms up.
    private static double Seconds(Action work)
    {
        var rounds = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            work();
            if (round > 0) rounds.Add(clock.Elapsed.TotalSeconds);
        }

        return Median.Of(rounds);
    }

    private static void Open(string path, int rows)
    {
        var feed = (CandleFeed)RecordedFeed.Open(new RecordedSettings { Path = path });
        if (feed.CandlesOfEach[0] != rows) throw new InvalidOperationException(
            $"{feed.CandlesOfEach[0]} candles were read, {rows} written");
    }

    private static void Unpack(string path)
    {
        using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        var buffer = new byte[128 * 1024];
        while (stream.Read(buffer) > 0)
        {
        }
    }

    private static void Write(string plain, string packed, int rows)
    {
        var random = new Random(1);
        using (var writer = new StreamWriter(plain))
        {
            writer.Write("timestamp,open,high,low,close,volume,quote_volume,trades\n");
            var at = new DateTime(2022, 1, 1, 0, 0, 0, DateTimeKind.Utc);
            var price = 92_000m;
            for (var i = 0; i < rows; i++, at = at.AddMinutes(1))
            {
                var open = price;
                price = Math.Max(1_000, price + random.Next(-2_000, 2_001) / 100m);
                var volume = random.Next(1, 2_000_000) / 100_000m;
                writer.Write(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{at:yyyy-MM-dd HH:mm:ss}+00:00,{open},{Math.Max(open, price) + 5.25m},"
                    + $"{Math.Min(open, price) - 4.5m},"
                    + $"{price},{volume},{volume * price},{random.Next(10, 5_000)}\n"));
            }
        }

        using var source = File.OpenRead(plain);
        using var target = new GZipStream(File.Create(packed), CompressionLevel.Optimal);
        source.CopyTo(target);
    }
}
