namespace Quantum.Feeds;

/// <summary>
/// Keeps tape time in step with real time, at a multiple of it. Behind by more than a second it starts anew from there
/// instead of rushing after it. Warm-up passes at once.
/// </summary>
/// <param name="speed">Tape time over real time, above 0; null: never wait.</param>
/// <param name="time">Real time.</param>
/// <param name="liveFromMs">End of the warm-up, tape time, UTC epoch ms.</param>
public sealed class Pacer(double? speed, TimeProvider time, long liveFromMs)
{
    private const double MostBehindMs = 1_000;

    private long _startedAt;
    private long _startMs;
    private long _waitedMs;

    /// <summary>The tape time that corresponds to now in real time is this far ahead, ms; 0 or less: go on.</summary>
    public double AheadMs(long tapeMs)
    {
        if (speed is null || tapeMs <= liveFromMs) return 0;
        if (_startMs == 0) Restart(tapeMs);
        var realMs = time.GetElapsedTime(_startedAt).TotalMilliseconds;
        var ahead = (tapeMs - _startMs) / speed.Value - realMs;
        if (ahead < -MostBehindMs) Restart(tapeMs);
        return ahead;
    }

    /// <summary>Waits until the tape's time has come; called before what happens then.</summary>
    public void Wait(long tapeMs, CancellationToken cancel)
    {
        if (tapeMs <= _waitedMs) return;
        _waitedMs = tapeMs;
        var ahead = AheadMs(tapeMs);
        if (ahead >= 1) cancel.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(Math.Min(ahead, int.MaxValue)));
    }

    private void Restart(long tapeMs) => (_startMs, _startedAt) = (tapeMs, time.GetTimestamp());
}
