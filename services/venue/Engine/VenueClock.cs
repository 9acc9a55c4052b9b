namespace Quantum.Venue.Engine;

/// <summary>
/// The venue's time: that of the machine plus a shift. A tape is played by shifting it to the tape's time; clients
/// follow through <c>/fapi/v1/time</c>.
/// </summary>
public sealed class VenueClock(TimeProvider time)
{
    private long _shiftMs;

    /// <summary>Added to the machine's time, ms.</summary>
    public long ShiftMs
    {
        get => Interlocked.Read(ref _shiftMs);
        set => Interlocked.Exchange(ref _shiftMs, value);
    }

    /// <summary>UTC epoch ms.</summary>
    public long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds() + ShiftMs;

    /// <summary>Makes this instant, UTC epoch ms, the present.</summary>
    public void Set(long atMs) => ShiftMs = atMs - time.GetUtcNow().ToUnixTimeMilliseconds();
}
