namespace Quantum.Archive.Files;

/// <summary>Entries of a stream that were gone before they were recorded, kept beside its files.</summary>
/// <param name="After">The last id recorded before it.</param>
/// <param name="Before">The first id recorded behind it; null when nothing was there then.</param>
/// <param name="Count">How many are missing; null when that cannot be known.</param>
/// <param name="FoundAtMs">When it was found, UTC epoch ms.</param>
public sealed record ArchiveGap(EntryId After, EntryId? Before, long? Count, long FoundAtMs)
{
    public const string Ending = ".gap";

    /// <summary>Named after where it begins: found again after a crash, it is the same file.</summary>
    public string FileName => After + Ending;

    public override string ToString() =>
        (Count is { } count ? $"{count} entries" : "an unknown number of entries") + $" behind {After}"
        + (Before is { } before ? $" and before {before}" : "");

    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(
        new Stored(After.ToString(), Before?.ToString(), Count, FoundAtMs));

    internal static ArchiveGap Read(string path)
    {
        try
        {
            var stored = JsonSerializer.Deserialize<Stored>(File.ReadAllBytes(path))!;
            return new ArchiveGap(
                EntryId.Parse(stored.After), stored.Before is null ? null : EntryId.Parse(stored.Before), stored.Count,
                stored.FoundAtMs);
        }
        catch (Exception fault) when (fault is JsonException or FormatException or NullReferenceException)
        {
            throw new ArchiveException($"{path}: is no note of a gap ({fault.Message}); remove it.", fault);
        }
    }

    private sealed record Stored(string After, string? Before, long? Count, long FoundAtMs);
}
