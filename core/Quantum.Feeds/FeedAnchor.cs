using Quantum.Feeds.Generated;

namespace Quantum.Feeds;

/// <summary>Where a generated market began: with this it goes on after a restart.</summary>
/// <param name="Seed">Of the path.</param>
/// <param name="AnchorMs">Where the path begins, UTC epoch ms.</param>
/// <param name="LiveFromMs">Where the history ended, UTC epoch ms.</param>
/// <param name="Symbols">In the order of the feed.</param>
/// <param name="Edge">How much its planted momentum is worth.</param>
public sealed record FeedAnchor(
    ulong Seed, long AnchorMs, long LiveFromMs, IReadOnlyList<string> Symbols,
    double Edge = GeneratedSettings.UsualEdge);

/// <summary>Where a generated market's anchor is kept over restarts.</summary>
public interface IAnchorStore
{
    FeedAnchor? ReadAnchor();

    void WriteAnchor(FeedAnchor anchor);
}
