using Quantum.Feeds.Files;

namespace Quantum.Feeds.Recorded;

/// <summary>
/// The files of trades and quotes as runs: one per form, and per symbol where a file is of one symbol. Quotes stand
/// before trades, so that a trade of the same moment has the quote beside it.
/// </summary>
internal static class TickRuns
{
    public static TradeRun[] Of(RecordedSettings settings, RecordedFiles files) =>
        [
            .. files.All.Where(file => file.IsTicks)
                .GroupBy(file => (IsTrade: file.Form is not (TapeForm.BookTicker or TapeForm.TardisBook
                    or TapeForm.TardisTicker), Symbol: file.Symbol ?? default, file.Form))
                .OrderBy(group => group.Key.IsTrade).ThenBy(group => group.Key.Symbol).ThenBy(group => group.Key.Form)
                .Select(group => Run(group, settings)),
        ];

    /// <summary>Some files as one run.</summary>
    public static TradeRun Run(IEnumerable<TapeFile> files, RecordedSettings settings)
    {
        var selection = TapeSelection.Of(settings);
        return new TradeRun([.. files.Select(file => SourceOf(file, selection)).OfType<TradeRun.Source>()]);
    }

    /// <summary>A file from its first record on; null when it has none.</summary>
    private static TradeRun.Source? SourceOf(TapeFile file, TapeSelection selection)
    {
        // The first row of all, whatever is selected: it only says when the file is due.
        var firstKey = FirstKey(file);
        return firstKey is null ? null : new TradeRun.Source(firstKey.Value, notes => Rows(file, selection, notes));
    }

    private static IEnumerable<TapeRecord> Rows(TapeFile file, TapeSelection selection, TapeNotes? notes) =>
        file.Part.Archive is { } archive ? ArchiveRows.Ticks(archive, selection)
        : file.Form == TapeForm.Capture
            ? new CaptureReader(file.Part, selection, notes).Read()
            : new TradeReader(file.Part, file.Symbol, selection, notes).Read();

    private static long? FirstKey(TapeFile file)
    {
        if (file.Part.Archive is { } archive) return ArchiveRows.FirstKeyNs(archive);
        using var reader = CsvFile.Open(file.Part);
        if (file.Form == TapeForm.Capture)
        {
            var space = reader.Text.IndexOf((byte)' ');
            return FeedTime.ReadNs(reader.Text[..Math.Max(space, 0)], out var atNs) == TimeReading.Good ? atNs : 1;
        }

        if (TradeColumns.Of(reader.Text) is not { } columns || (columns.HasHeader && !reader.Next())) return null;
        Span<Range> parts = stackalloc Range[CsvRow.MostColumns];
        var count = CsvRow.Split(reader.Text, (byte)',', parts);
        // A row that cannot be read is judged where it stands: at once.
        return count > columns.Key && FeedTime.ReadNs(CsvRow.Value(reader.Text, parts[columns.Key]), out var keyNs)
            == TimeReading.Good ? keyNs / 1_000_000 * 1_000_000 : 1;
    }
}
