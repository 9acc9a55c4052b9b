namespace Quantum.Roles;

/// <summary>
/// When a role's clock was set back. On a tape it never is: each reading there lies after all that was consumed before.
/// </summary>
internal static class SetBackClock
{
    // An entry's own time may be this much ahead of the log's before it is a dead letter.
    private const long MostAheadMs = 10_000;

    /// <summary>True when a reading lies farther before the latest time known than an entry's time explains.</summary>
    /// <param name="atMs">The reading, UTC epoch ms.</param>
    /// <param name="latestMs">The latest time known, UTC epoch ms; null before the first.</param>
    public static bool Is(long atMs, long? latestMs) => atMs < latestMs - MostAheadMs;
}
