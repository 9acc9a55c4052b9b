using System.IO.Compression;

namespace Quantum.Feeds.Recorded;

/// <summary>Opens a text file, compressed with gzip or not: the first bytes decide, not the name.</summary>
internal static class TapeFile
{
    private const int BufferBytes = 64 * 1024;

    public static StreamReader Open(string path)
    {
        if (!File.Exists(path)) throw new FeedException($"{path}: there is no such file; check the path in Feed:Path.");
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes);
        Span<byte> magic = stackalloc byte[2];
        var isGzip = stream.Read(magic) == 2 && magic[0] == 0x1f && magic[1] == 0x8b;
        stream.Position = 0;
        if (!isGzip && path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            stream.Dispose();
            throw new FeedException(
                $"{path}: is no gzip file although its name ends in .gz; fetch it again, or rename it.");
        }

        return isGzip
            ? new StreamReader(new GZipStream(stream, CompressionMode.Decompress), bufferSize: BufferBytes)
            : new StreamReader(stream, bufferSize: BufferBytes);
    }

    /// <summary>The first line that is not empty; throws when there is none.</summary>
    public static string FirstLine(string path)
    {
        using var reader = Open(path);
        while (reader.ReadLine() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line)) return line;
        }

        throw new FeedException($"{path}: is empty; remove it, or fetch it again.");
    }
}
