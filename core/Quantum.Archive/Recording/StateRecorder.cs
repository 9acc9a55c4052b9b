using Quantum.Archive.Columns;
using Quantum.Archive.Files;

namespace Quantum.Archive.Recording;

/// <summary>Keeps the saved states of roles from time to time, for replays to begin at.</summary>
internal sealed class StateRecorder
{
    private readonly ArchiveRedis _redis;
    private readonly ArchiveWriter _writer;
    private readonly Seat[] _seats;
    private readonly LogBatch _batch = new();
    private long? _keptAt;

    public StateRecorder(ArchiveRedis redis, ArchiveWriter writer, LogKeys keys, ArchiveFolder folder)
    {
        (_redis, _writer) = (redis, writer);
        _seats =
        [
            .. keys.AllSeats.Select(seat => new Seat(
                [
                    keys.Cursor(seat), keys.State(seat), keys.Stage(seat),
                    .. StreamCatalog.WrittenBy(seat.Role).Select(stream => keys.Stream(stream, seat.Shard)),
                ],
                folder.Stream(ArchiveSchema.StatePrefix + seat.Role))),
        ];
    }

    public bool IsDue(RecorderSettings settings, bool all) =>
        all || _keptAt is not { } at || settings.Time.GetElapsedTime(at) >= settings.StatesEvery;

    public void Keep(TimeProvider time)
    {
        var isWhole = true;
        foreach (var seat in _seats)
        {
            seat.Kept ??= seat.Files.Parts() is [.., var newest] ? newest.Last.Ms : 0;
            var (sequence, staged) = _redis.ReadState(seat.Keys, _batch);
            // What it led to is on no stream yet: a replay could not tell it from what comes behind.
            isWhole &= staged == 0;
            if (sequence <= seat.Kept || staged > 0) continue;
            var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
            _writer.Write(
                seat.Files, seat.Schema, ArchiveStream.DayOf(seat.Files.Name, _batch[0].Id, nowMs), _batch, sequence);
            seat.Kept = sequence;
        }

        if (isWhole) _keptAt = time.GetTimestamp();
    }

    private sealed class Seat(IReadOnlyList<string> keys, ArchiveStream files)
    {
        public IReadOnlyList<string> Keys => keys;
        public ArchiveStream Files => files;
        public ArchiveSchema Schema { get; } = ArchiveSchema.Of(files.Name);
        public long? Kept { get; set; }
    }
}
