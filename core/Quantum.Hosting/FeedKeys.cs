namespace Quantum.Hosting;

/// <summary>Where the market feed keeps how far it is, for restarts and for whoever must know the tape's time.</summary>
public static class FeedKeys
{
    /// <summary>JSON of how far the feed is; <c>at_ms</c> is the tape time of the last completed step.</summary>
    public const string Position = "quantum:feed:position";

    /// <summary>Seed and start of a generated market, so that a restart goes on with the same one.</summary>
    public const string Anchor = "quantum:feed:anchor";

    /// <summary>JSON of what was played, written at the end of a tape.</summary>
    public const string Done = "quantum:feed:done";
}
