using Quantum.Archive;
using Quantum.Archive.Columns;
using Quantum.Archive.Files;
using Quantum.Archive.Recording;

namespace Quantum.Replay;

/// <summary>
/// Finds the state that a role begins with: saved before the window, or none where the journal is whole.
/// </summary>
internal static class ReplayStart
{
    /// <param name="fromMs">Where the window begins, UTC epoch ms by the clock; null: anywhere.</param>
    /// <param name="hasEnd">Whether the window has an end, and so a gap of the journal may be behind it.</param>
    public static SavedState Of(ArchiveFolder archive, string role, long? fromMs, bool hasEnd)
    {
        var (start, firstMs) = ((SavedState?)null, (long?)null);
        foreach (var one in Starts(archive, role, hasEnd))
        {
            firstMs ??= one.AtMs;
            if (!(one.AtMs > fromMs)) start = one;
            if (fromMs is null) break;
        }

        if (start is not null) return start;
        throw new ArchiveException(
            $"{role}: the archive has neither the beginning of its journal nor a state of it saved before the window"
            + (firstMs is { } first ? $"; the first is of {Text(first)}: begin behind it (--from)." : ".")
            + " ./quantum record saves states when it starts and every ten minutes.");
    }

    private static IEnumerable<SavedState> Starts(ArchiveFolder archive, string role, bool hasEnd)
    {
        var journal = archive.Stream(ArchiveSchema.JournalPrefix + role);
        if (journal.Parts() is [var first, ..] && IsWhole(journal, first, hasEnd)) yield return SavedState.None;
        foreach (var entry in new ArchiveReader(archive.Stream(ArchiveSchema.StatePrefix + role)).Entries())
            yield return SavedState.Read(entry.Batch, entry.Index);
    }

    // The number of a file's last entry among all that were ever added says whether any came before.
    private static bool IsWhole(ArchiveStream journal, ArchivePart first, bool hasEnd) => long.TryParse(
        journal.FactsOf(first).GetValueOrDefault(ArchiveStream.AddedFact), CultureInfo.InvariantCulture, out var added)
        && added == first.Count && !journal.Gaps().Any(gap => !hasEnd || gap.After < first.First);

    private static string Text(long atMs) => DateTimeOffset.FromUnixTimeMilliseconds(atMs)
        .ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
