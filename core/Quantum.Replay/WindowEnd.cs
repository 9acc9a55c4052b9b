namespace Quantum.Replay;

/// <summary>
/// Knows when a replayed window is over. A role does not consume in order of time (a clock comes before the tick of a
/// millisecond earlier), so what is behind the end is gone through for a minute more.
/// </summary>
/// <param name="toMs">The window's end, UTC epoch ms of the inputs, exclusive; null: there is none.</param>
/// <param name="isTape">Whether the inputs' time is a tape's, of which their ids tell nothing.</param>
internal sealed class WindowEnd(long? toMs, bool isTape)
{
    private const long LateMs = 60_000;

    private long? _earliestMs;
    private bool _wasPast;

    /// <summary>True once a whole commit consumed nothing before the end: what comes now is behind it.</summary>
    public bool IsPast => _wasPast || _earliestMs >= toMs;

    /// <summary>True when the last commit consumed nothing of the minute behind the end either.</summary>
    public bool IsOver => _earliestMs >= toMs + LateMs;

    /// <summary>A commit begins.</summary>
    public void Begin()
    {
        _wasPast = IsPast;
        _earliestMs = null;
    }

    /// <summary>The commit consumed something of that time, UTC epoch ms.</summary>
    public void Saw(long atMs) => _earliestMs = Math.Min(_earliestMs ?? long.MaxValue, atMs);

    /// <summary>Whether an input that is not there, of a commit that is not gone through, is behind the end.</summary>
    public bool IsBehind(EntryId id) => _wasPast || (!isTape && id.Ms >= toMs);
}
