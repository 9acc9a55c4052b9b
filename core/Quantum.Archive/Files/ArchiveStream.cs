using Quantum.Archive.Columns;

namespace Quantum.Archive.Files;

/// <summary>The files of one stream of an archive, by days of UTC.</summary>
/// <param name="root">The archive's folder.</param>
/// <param name="name">The stream's name.</param>
public sealed class ArchiveStream(string root, string name)
{
    public const string FolderPrefix = "stream=";
    public const string DayPrefix = "day=";

    /// <summary>In a file's own facts: which number its last entry had of all that were ever added.</summary>
    public const string AddedFact = "quantum.added";

    /// <summary>In a file's own facts: the ids where its row groups begin, in order.</summary>
    internal const string GroupsFact = "quantum.groups";

    public string Name => name;

    /// <summary>The stream's folder.</summary>
    public string Folder { get; } = Path.Combine(root, FolderPrefix + name);

    /// <summary>Its days, in order.</summary>
    public IReadOnlyList<DateOnly> Days => !Directory.Exists(Folder) ? [] :
    [
        .. Directory.EnumerateDirectories(Folder, DayPrefix + "*")
            .Select(folder => DayOf(Path.GetFileName(folder))).OfType<DateOnly>().Order(),
    ];

    /// <summary>Where a day's files are.</summary>
    public string DayFolder(DateOnly day) =>
        Path.Combine(Folder, DayPrefix + day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>A day's whole files in order, each entry in one of them.</summary>
    public IReadOnlyList<ArchivePart> PartsOf(DateOnly day) => ArchivePart.Once(AllPartsOf(day));

    /// <summary>All whole files in order.</summary>
    public IReadOnlyList<ArchivePart> Parts() => ArchivePart.Once(Days.SelectMany(AllPartsOf));

    /// <summary>A day's whole files, also those that a larger one has made needless.</summary>
    internal IEnumerable<ArchivePart> AllPartsOf(DateOnly day) => Directory.Exists(DayFolder(day))
        ? Directory.EnumerateFiles(DayFolder(day), "*" + ArchivePart.Ending)
            .Select(ArchivePart.Of).OfType<ArchivePart>()
        : [];

    /// <summary>What is known to be missing, in order.</summary>
    public IReadOnlyList<ArchiveGap> Gaps() => !Directory.Exists(Folder) ? [] :
    [
        .. Directory.EnumerateFiles(Folder, "*" + ArchiveGap.Ending)
            .Select(ArchiveGap.Read).OrderBy(gap => gap.After),
    ];

    /// <summary>
    /// The entries of a file, a row group at a time, in one batch that is filled anew. Throws
    /// <see cref="BrokenFileException"/> when it cannot be read.
    /// </summary>
    public IEnumerable<LogBatch> Read(ArchivePart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        var batch = new LogBatch();
        using var reader = Guarded(part, () => Open(part));
        for (var group = 0; group < reader.Groups; group++)
        {
            var at = group;
            Guarded(part, () =>
            {
                reader.Read(at, batch);
                return true;
            });
            yield return batch;
        }
    }

    /// <summary>Reads one row group of a file.</summary>
    internal void Read(ArchivePart part, int group, LogBatch target) => Guarded(part, () =>
    {
        using var reader = Open(part);
        reader.Read(group, target);
        return true;
    });

    /// <summary>What a file says of itself.</summary>
    public IReadOnlyDictionary<string, string> FactsOf(ArchivePart part) => Guarded(part, () =>
    {
        using var reader = Open(part);
        return reader.Facts;
    });

    /// <summary>True where a stream's ids count commits, and so tell no time.</summary>
    internal static bool CountsCommits(string stream) =>
        stream.StartsWith(ArchiveSchema.JournalPrefix, StringComparison.Ordinal)
        || stream.StartsWith(ArchiveSchema.StatePrefix, StringComparison.Ordinal);

    /// <summary>The day under which an entry is kept, UTC: by its id, or where ids count commits by its time.</summary>
    internal static DateOnly DayOf(string stream, EntryId id, long? atMs)
    {
        var ms = CountsCommits(stream) ? atMs ?? 0 : id.Ms;
        return DateOnly.FromDateTime(DateTime.UnixEpoch.AddMilliseconds(Math.Clamp(ms, 0, 253_402_300_799_999)));
    }

    internal static TResult Guarded<TResult>(ArchivePart part, Func<TResult> action)
    {
        try
        {
            return action();
        }
        catch (Exception fault) when (fault is not (ArchiveException or OutOfMemoryException))
        {
            // The library throws whatever the broken part of a file led it to.
            throw new BrokenFileException(
                $"{part.Path}: cannot be read ({fault.Message.ReplaceLineEndings(" ").TrimEnd('.')}); restore it, or "
                + "leave it out (--skip-broken).",
                fault);
        }
    }

    internal ParquetFileReader Open(ArchivePart part) => new(
        name, new FileStream(part.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

    private static DateOnly? DayOf(string folder) => DateOnly.TryParseExact(
        folder[DayPrefix.Length..], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day
        : null;
}
