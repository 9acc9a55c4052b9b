namespace Quantum.Market;

/// <summary>What the publisher keeps beside the streams, and what it asks about them. For one thread.</summary>
public interface IFeedStore
{
    FeedPosition? ReadPosition();

    void WritePosition(FeedPosition position);

    FeedAnchor? ReadAnchor();

    void WriteAnchor(FeedAnchor anchor);

    /// <summary>Who paused the feed; null while it goes on.</summary>
    FeedPause? ReadPause();

    /// <summary>Null lets it go on.</summary>
    void WritePause(FeedPause? pause);

    void WriteDone(FeedSummary summary);

    /// <summary>Entries ever added to a stream, whether trimmed or not; 0 when there is none.</summary>
    long EntriesAdded(string streamKey);

    /// <summary>The consumer groups of a stream.</summary>
    IReadOnlySet<string> GroupsOf(string streamKey);
}
