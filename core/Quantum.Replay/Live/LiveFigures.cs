namespace Quantum.Replay.Live;

/// <summary>What was compared in the last hour, by minutes.</summary>
internal sealed class LiveFigures(TimeProvider time)
{
    private const int Minutes = 60;

    private readonly (long Minute, long Same, long Different, long Missed)[] _ring =
        new (long, long, long, long)[Minutes];

    /// <summary>Adds what was found just now, each from 0.</summary>
    public void Add(long same, long different, long missed)
    {
        var minute = Minute;
        ref var now = ref _ring[minute % Minutes];
        if (now.Minute != minute) now = (minute, 0, 0, 0);
        now = (minute, now.Same + same, now.Different + different, now.Missed + missed);
    }

    /// <summary>The sums of the last hour.</summary>
    public (long Same, long Different, long Missed) Sum()
    {
        var first = Minute - Minutes + 1;
        var (same, different, missed) = (0L, 0L, 0L);
        foreach (var one in _ring)
        {
            if (one.Minute < first) continue;
            same += one.Same;
            different += one.Different;
            missed += one.Missed;
        }

        return (same, different, missed);
    }

    private long Minute => time.GetUtcNow().ToUnixTimeSeconds() / 60;
}
