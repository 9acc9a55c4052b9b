using Quantum.Feeds;

namespace Quantum.Market;

/// <summary>What the publisher keeps beside the streams, and what it asks about them. For one thread.</summary>
public interface IFeedStore : IAnchorStore
{
    FeedPosition? ReadPosition();

    void WritePosition(FeedPosition position);

    /// <summary>Who paused the feed; null while it goes on.</summary>
    FeedPause? ReadPause();

    /// <summary>Null lets it go on.</summary>
    void WritePause(FeedPause? pause);

    /// <summary>Keeps what the user of this run must see now and in its summary; the same words once.</summary>
    void WriteAlarm(string alarm);

    /// <summary>Signed base quantity of each symbol that is held, as the portfolio last told it.</summary>
    IReadOnlyDictionary<string, decimal> HeldQuantities();

    /// <param name="summary">What was played.</param>
    /// <param name="endedAtMs">Symbols whose data ended before the tape: the last price's time, UTC epoch ms.</param>
    void WriteDone(FeedSummary summary, IReadOnlyDictionary<string, long> endedAtMs);

    /// <summary>Entries ever added to a stream, whether trimmed or not; 0 when there is none.</summary>
    long EntriesAdded(string streamKey);

    /// <summary>The symbols of a stream's newest entries, each once; none where the store cannot tell.</summary>
    /// <param name="most">How many entries to look at, from 1.</param>
    IReadOnlyCollection<string> NewestSymbols(string streamKey, long most) => [];

    /// <summary>Counts ticks that were dropped, as a role counts its reasons: the audit tells of them.</summary>
    /// <param name="count">How many, from 1.</param>
    /// <param name="atMs">When it was noticed, UTC epoch ms.</param>
    void CountDropped(Symbol symbol, long count, long atMs);

    /// <summary>The consumer groups of a stream.</summary>
    IReadOnlySet<string> GroupsOf(string streamKey);
}
