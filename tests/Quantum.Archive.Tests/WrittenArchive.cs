using System.Globalization;
using System.Text;
using Quantum.Archive.Columns;
using Quantum.Archive.Files;
using Quantum.Contracts.Units;
using Quantum.EventLog;
using Quantum.Replay;

namespace Quantum.Archive.Tests;

/// <summary>An archive of one role's journal, written as a test wants it, without a Redis.</summary>
internal sealed class WrittenArchive : IDisposable
{
    private readonly ArchiveStore _store;
    private readonly ArchiveWriter _writer;
    private readonly string _role;
    private long _commits;

    public WrittenArchive(string role, string time = "real")
    {
        _role = role;
        _store = new ArchiveStore(Root);
        _writer = new ArchiveWriter(_store);
        new ArchiveFolder(Root).Claim(new ArchiveFacts("a-run", "paper", time), _store);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("quantum-written-").FullName;

    public ArchiveStream Journal => new ArchiveFolder(Root).Stream(ArchiveSchema.JournalPrefix + _role);

    /// <summary>One file of commits, each with what it consumed and when it was committed.</summary>
    public void Commits(params (string Consumed, long AtMs)[] commits)
    {
        var batch = new LogBatch();
        foreach (var (consumed, atMs) in commits)
        {
            batch.Add(new LogEntry(0, new EntryId(++_commits, 0), 1, IsMissing: false));
            Add(batch, "in", consumed);
            Add(batch, "at", atMs.ToString(CultureInfo.InvariantCulture));
        }

        Write(Journal, batch, commits[0].AtMs, _commits);
    }

    /// <summary>Commits that were gone before they were recorded.</summary>
    public void Miss(long count)
    {
        var after = new EntryId(_commits, 0);
        _commits += count;
        _writer.Note(Journal, new ArchiveGap(after, new EntryId(_commits + 1, 0), count, 0));
    }

    /// <summary>The settings that the roles had from a time on.</summary>
    public void Settings(long atMs, params (string Path, string Value)[] settings)
    {
        var batch = new LogBatch();
        batch.Add(new LogEntry(0, new EntryId(atMs, 0), 1, IsMissing: false));
        foreach (var (path, value) in settings) Add(batch, path, value);
        Write(new ArchiveFolder(Root).Stream(ArchiveSchema.Settings), batch, atMs, 0);
    }

    /// <summary>Cuts the end off the newest file of the journal.</summary>
    public string BreakNewest()
    {
        var path = Journal.Parts()[^1].Path;
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^20]);
        return path;
    }

    public ReplayedInput[] Replay(
        long? fromMs = null, long? toMs = null, Action<string>? tell = null, bool skipsBroken = false) =>
    [
        .. new ReplayRun(new ReplaySettings
        {
            Archive = Root, FromMs = fromMs, ToMs = toMs, Tell = tell, SkipBroken = skipsBroken,
        }).Run(),
    ];

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private void Write(ArchiveStream stream, LogBatch batch, long atMs, long added) => _writer.Write(
        stream, ArchiveSchema.Of(stream.Name), ArchiveStream.DayOf(stream.Name, batch[0].Id, atMs), batch, added);

    private static void Add(LogBatch batch, string name, string value) =>
        batch.AddField(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value));
}
