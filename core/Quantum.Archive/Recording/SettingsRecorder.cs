using Quantum.Archive.Columns;
using Quantum.Archive.Files;

namespace Quantum.Archive.Recording;

/// <summary>Keeps the settings that the services gave their roles, when they are other ones than before.</summary>
internal sealed class SettingsRecorder(
    ArchiveRedis redis, ArchiveWriter writer, ArchiveFolder folder, Action<string> tell)
{
    /// <summary>How long ago other settings were told at most when they are kept, ms; nothing held up.</summary>
    internal const long LookEveryMs = 1_000;

    private readonly ArchiveStream _files = folder.Stream(ArchiveSchema.Settings);
    private readonly ArchiveSchema _schema = ArchiveSchema.Of(ArchiveSchema.Settings);
    private string? _kept;

    public void Keep(long nowMs)
    {
        _kept ??= Last();
        var told = redis.Settings();
        var text = Text(told);
        if (text == _kept) return;
        var batch = new LogBatch();
        batch.Add(new LogEntry(0, new EntryId(nowMs, 0), 1, IsMissing: false));
        foreach (var (path, value) in told) batch.AddField(Encoding.UTF8.GetBytes(path), Encoding.UTF8.GetBytes(value));
        writer.Write(_files, _schema, ArchiveStream.DayOf(_files.Name, batch[0].Id, nowMs), batch, 0);
        _kept = text;
    }

    private string Last()
    {
        var text = "";
        foreach (var entry in new ArchiveReader(_files, skipBroken: true, tell).Entries())
        {
            var fields = entry.Batch.Fields(entry.Index);
            var kept = new SortedDictionary<string, string>(StringComparer.Ordinal);
            for (var i = 0; i < fields.Count; i++)
                kept[Encoding.UTF8.GetString(fields.Name(i))] = Encoding.UTF8.GetString(fields.Value(i));
            text = Text(kept);
        }

        return text;
    }

    // A run without any setting is told, too: an empty line is not nothing.
    private static string Text(SortedDictionary<string, string> settings) =>
        "settings\n" + string.Join('\n', settings.Select(pair => $"{pair.Key}={pair.Value}"));
}
