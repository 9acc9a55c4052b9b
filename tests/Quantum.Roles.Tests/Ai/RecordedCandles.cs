using System.Globalization;
using System.IO.Compression;
using Quantum.Roles.Ai.Features;

namespace Quantum.Roles.Tests.Ai;

/// <summary>Recorded candles beside the repository, for tests that look at real data where it is at hand.</summary>
internal static class RecordedCandles
{
    /// <summary>One symbol's candles, or null where there is no recorded data.</summary>
    public static Candle[]? Find(string symbol)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", "data", "klines-1m", symbol + ".csv.gz");
            if (File.Exists(file)) return Read(file);
        }

        return null;
    }

    private static Candle[] Read(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        reader.ReadLine();
        var candles = new List<Candle>();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            var at = DateTimeOffset.Parse(cells[0], CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
            var n = cells[1..6].Select(c => double.Parse(c, CultureInfo.InvariantCulture)).ToArray();
            candles.Add(new Candle(at, n[0], n[1], n[2], n[3], n[4]));
        }

        return [.. candles];
    }
}
