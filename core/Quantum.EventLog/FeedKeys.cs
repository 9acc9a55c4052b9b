namespace Quantum.EventLog;

/// <summary>
/// Where the market feed keeps how far it is, for restarts and for whoever must know the tape's time.
/// </summary>
public static class FeedKeys
{
    /// <summary>Tape time of the last completed step, UTC epoch ms.</summary>
    public const string Position = "quantum:feed:position";

    /// <summary>Seed and start of a generated market, so that a restart goes on with the same one.</summary>
    public const string Anchor = "quantum:feed:anchor";

    /// <summary>
    /// Hash of who paused the feed, why and when (<c>by</c>, <c>reason</c>, <c>at_ms</c>); not there while it goes on.
    /// </summary>
    public const string Pause = "quantum:feed:pause";

    /// <summary>Hash of what was played, written at the end of a tape.</summary>
    public const string Done = "quantum:feed:done";

    /// <summary>Sorted set of sentences that the user of this run must see, scored by when, UTC epoch ms.</summary>
    public const string Alarms = "quantum:feed:alarms";
}
