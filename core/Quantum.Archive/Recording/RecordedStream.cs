using System.Diagnostics.CodeAnalysis;
using Quantum.Archive.Columns;
using Quantum.Archive.Files;

namespace Quantum.Archive.Recording;

/// <summary>One stream of a Redis on its way into an archive: how far it is recorded.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "A stream is what it is.")]
internal sealed class RecordedStream(string key, ArchiveStream files)
{
    /// <summary>Its key in Redis.</summary>
    public string Key => key;

    /// <summary>Its files.</summary>
    public ArchiveStream Files => files;

    /// <summary>True where its ids count commits, and so tell no time.</summary>
    public bool CountsCommits { get; } = ArchiveStream.CountsCommits(files.Name);

    public ArchiveSchema Schema { get; } = ArchiveSchema.Of(files.Name);

    /// <summary>The group that notes how far it is recorded.</summary>
    public string Group { get; } = StreamCatalog.RecorderGroupOf(files.Name);

    /// <summary>The last id recorded.</summary>
    public EntryId Cursor { get; set; }

    /// <summary>How many of all entries ever added are recorded or known to be lost.</summary>
    public long Added { get; set; }

    /// <summary>Entries behind the cursor that are known to be lost; null when it cannot be known how many.</summary>
    public long? Lost { get; set; } = 0;

    /// <summary>False until it is known where the recording goes on.</summary>
    public bool IsBegun { get; set; }

    /// <summary>False until retention knows of the recording.</summary>
    public bool IsNoted { get; set; }

    /// <summary>Since when something waits, in the clock's ticks; null: nothing does.</summary>
    public long? WaitsSince { get; set; }

    /// <summary>Every stream of a system: the catalog's, the dead letters and the roles' journals.</summary>
    public static IReadOnlyList<RecordedStream> All(LogKeys keys, ArchiveFolder folder)
    {
        var all = new List<RecordedStream>();
        foreach (var stream in StreamCatalog.All) Add(keys.Stream(stream, 0), stream.Name);
        foreach (var stream in StreamCatalog.All)
            Add(keys.DeadLetters(stream, 0), ArchiveSchema.DeadLetterPrefix + stream.Name);
        foreach (var seat in keys.AllSeats) Add(keys.Journal(seat), ArchiveSchema.JournalPrefix + seat.Role);
        return all;

        void Add(string at, string name) => all.Add(new RecordedStream(at, folder.Stream(name)));
    }
}
