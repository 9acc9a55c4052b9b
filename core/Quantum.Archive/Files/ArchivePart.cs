namespace Quantum.Archive.Files;

/// <summary>One whole file of a stream; its name says what is in it.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="First">The id of its first entry.</param>
/// <param name="Last">The id of its last entry.</param>
/// <param name="Count">Entries in it, from 1.</param>
public sealed record ArchivePart(string Path, EntryId First, EntryId Last, long Count)
{
    public const string Ending = ".parquet";

    /// <summary>The name of a file of these entries.</summary>
    public static string NameOf(EntryId first, EntryId last, long count) =>
        string.Create(CultureInfo.InvariantCulture, $"{first}_{last}_{count}{Ending}");

    /// <summary>What a file's name says, or null when it is no archive file's.</summary>
    public static ArchivePart? Of(string path)
    {
        var name = System.IO.Path.GetFileName(path);
        if (!name.EndsWith(Ending, StringComparison.Ordinal)) return null;
        var parts = name[..^Ending.Length].Split('_');
        return parts.Length == 3
            && EntryId.TryParse(Encoding.UTF8.GetBytes(parts[0]), out var first)
            && EntryId.TryParse(Encoding.UTF8.GetBytes(parts[1]), out var last)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && first <= last && count > 0
            ? new ArchivePart(path, first, last, count)
            : null;
    }

    /// <summary>
    /// In order of their ids, each entry once: what a larger file says again is left out, as after a compaction that
    /// was killed before it removed the small ones.
    /// </summary>
    public static IReadOnlyList<ArchivePart> Once(IEnumerable<ArchivePart> parts)
    {
        var kept = new List<ArchivePart>();
        foreach (var part in parts.OrderBy(part => part.First).ThenByDescending(part => part.Last)
            .ThenBy(part => part.Path, StringComparer.Ordinal))
        {
            if (kept.Count > 0 && part.Last <= kept[^1].Last) continue;
            kept.Add(part);
        }

        return kept;
    }
}
