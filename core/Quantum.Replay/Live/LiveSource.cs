using Quantum.Archive.Recording;
using Quantum.EventLog;

namespace Quantum.Replay.Live;

/// <summary>The entries of a running system's streams, read beside their groups.</summary>
internal sealed class LiveSource(ArchiveRedis redis, LogKeys keys, RoleSeat seat) : EntrySource
{
    private readonly List<LiveReader> _readers = [];

    /// <summary>What a reader can no longer have, in words; null: nothing.</summary>
    public string? Missing =>
        _readers.Select(reader => reader.Missing).FirstOrDefault(missing => missing is not null);

    public override EntryFinding Finder(EventStream stream) =>
        new LiveFinder(redis, keys.Stream(stream, seat.Shard)).TryFind;

    public override EntryReading Reader(EventStream stream, EntryId after)
    {
        var reader = new LiveReader(redis, stream.Name, keys.Stream(stream, seat.Shard), after);
        _readers.Add(reader);
        return reader.TryNext;
    }

    /// <summary>Has every reader ask Redis again where it came to the end before.</summary>
    public void Look()
    {
        foreach (var reader in _readers) reader.Look();
    }
}
