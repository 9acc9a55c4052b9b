namespace Quantum.Archive.Files;

/// <summary>
/// Reads some columns of a stream's files, a row group at a time. What was read last is kept for whoever reads the same
/// beside: for any number of threads.
/// </summary>
/// <param name="stream">Whose.</param>
/// <param name="columns">The columns that are read.</param>
/// <param name="skipBroken">Leaves out files that cannot be read, instead of throwing.</param>
/// <param name="tell">Told each file that is left out, once.</param>
public sealed class ArchiveTables(
    ArchiveStream stream, IReadOnlyCollection<string> columns, bool skipBroken = false, Action<string>? tell = null)
{
    // Each run, one a core, is at a place of its own.
    private static readonly int s_mostKept = 3 * Environment.ProcessorCount;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _groups = new(StringComparer.Ordinal);
    private readonly List<(string Path, int Group, ArchiveTable Table)> _kept = [];
    private readonly HashSet<string> _broken = new(StringComparer.Ordinal);
    private IReadOnlyList<ArchivePart>? _parts;

    public ArchiveStream Stream => stream;

    /// <summary>The files, in order.</summary>
    public IReadOnlyList<ArchivePart> Parts => _parts ??= stream.Parts();

    /// <summary>Every row group of every file, in order.</summary>
    public IEnumerable<(ArchivePart Part, ArchiveTable Table)> All()
    {
        foreach (var part in Parts)
            for (var group = 0; TryGet(part, group) is { } table; group++)
                yield return (part, table);
    }

    private ArchiveTable? TryGet(ArchivePart part, int group)
    {
        lock (_lock)
        {
            if (_broken.Contains(part.Path)) return null;
            if (_groups.TryGetValue(part.Path, out var count) && group >= count) return null;
            var at = _kept.FindIndex(kept => kept.Group == group && kept.Path == part.Path);
            if (at >= 0) return _kept[at].Table;
        }

        try
        {
            return ArchiveStream.Guarded(part, () => Read(part, group));
        }
        catch (ArchiveException fault) when (skipBroken)
        {
            bool isNew;
            lock (_lock) isNew = _broken.Add(part.Path);
            if (isNew) tell?.Invoke($"left out: {fault.Message}");
            return null;
        }
    }

    private ArchiveTable? Read(ArchivePart part, int group)
    {
        using var reader = stream.Open(part);
        var table = group < reader.Groups ? reader.ReadTable(group, columns.Contains) : null;
        lock (_lock)
        {
            _groups[part.Path] = reader.Groups;
            if (table is null) return null;
            if (_kept.Count == s_mostKept) _kept.RemoveAt(0);
            _kept.Add((part.Path, group, table));
        }

        return table;
    }
}
