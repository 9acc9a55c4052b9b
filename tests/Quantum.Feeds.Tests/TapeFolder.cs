using System.IO.Compression;

namespace Quantum.Feeds.Tests;

/// <summary>A folder of made-up tapes, removed at the end.</summary>
internal sealed class TapeFolder : IDisposable
{
    public const string Header = "timestamp,open,high,low,close,volume";

    public string Path { get; } = Directory.CreateTempSubdirectory("quantum-tape-").FullName;

    public static long StartMs { get; } = Ms("2025-12-05T00:00:00Z");

    public static long Ms(string text) => DateTimeOffset.Parse(text).ToUnixTimeMilliseconds();

    public string Write(string name, params string[] lines)
    {
        var path = System.IO.Path.Combine(Path, name);
        if (!name.EndsWith(".gz", StringComparison.Ordinal))
        {
            File.WriteAllLines(path, lines);
            return path;
        }

        using var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest));
        foreach (var line in lines) writer.WriteLine(line);
        return path;
    }

    /// <summary>Candles of a minute each: open 100 + i, a little up and down, volume 8.</summary>
    public static string[] Minutes(int count, params int[] without) =>
    [
        Header,
        .. Enumerable.Range(0, count).Except(without).Select(i =>
            $"{StartMs + i * 60_000},{100 + i},{102 + i},{99 + i},{(i % 2 == 0 ? 101 : 99.5) + i},8"),
    ];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
