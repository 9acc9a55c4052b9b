using Quantum.Feeds.Recorded;

namespace Quantum.Feeds;

/// <summary>Reads a time as it stands in tapes and settings.</summary>
public static class FeedTime
{
    /// <summary>
    /// ISO with a zone or without (UTC), or epoch seconds, milliseconds or microseconds; gives UTC epoch ms.
    /// </summary>
    public static bool TryParse(string? text, out long atMs) => RowText.TryTime(text, out atMs) && atMs > 0;
}
