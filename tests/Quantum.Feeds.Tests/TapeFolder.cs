using System.IO.Compression;
using System.Text;

namespace Quantum.Feeds.Tests;

/// <summary>A folder of made-up tapes, removed at the end.</summary>
internal sealed class TapeFolder : IDisposable
{
    public const string Header = "timestamp,open,high,low,close,volume";

    public string Path { get; } = Directory.CreateTempSubdirectory("quantum-tape-").FullName;

    public static long StartMs { get; } = Ms("2025-12-05T00:00:00Z");

    public static long Ms(string text) => DateTimeOffset.Parse(text).ToUnixTimeMilliseconds();

    /// <summary>Writes lines as text, gzip or zip, by the name; folders in it are made.</summary>
    public string Write(string name, params string[] lines) =>
        WriteText(name, string.Concat(lines.Select(line => line + "\n")));

    /// <summary>The same with the text as it is, without a line end of its own.</summary>
    public string WriteText(string name, string text) => WriteBytes(name, Encoding.UTF8.GetBytes(text));

    public string WriteBytes(string name, byte[] bytes)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Packed(name, bytes));
        return path;
    }

    public static byte[] Gzip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Packed(string name, byte[] bytes)
    {
        if (name.EndsWith(".gz", StringComparison.Ordinal)) return Gzip(bytes);
        if (!name.EndsWith(".zip", StringComparison.Ordinal)) return bytes;
        var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            // As the dumps are made: one entry of the zip's own name.
            using var entry = zip.CreateEntry(System.IO.Path.GetFileNameWithoutExtension(name) + ".csv").Open();
            entry.Write(bytes);
        }

        return packed.ToArray();
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
