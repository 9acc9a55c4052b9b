using Quantum.Contracts.Catalog;

namespace Quantum.Bench.Soak;

/// <summary>What was used at one moment of a soak.</summary>
/// <param name="Hours">Simulated hours since the tape began.</param>
/// <param name="Processes">By service, and `redis`.</param>
/// <param name="RedisMb">What Redis' data takes, MB of 10^6 bytes.</param>
/// <param name="Streams">Entries by stream.</param>
internal sealed record SoakSample(
    double Hours, IReadOnlyDictionary<string, ProcessUse> Processes, double RedisMb,
    IReadOnlyDictionary<string, long> Streams)
{
    /// <summary>
    /// Streams of bounded length that are longer than twice what they keep: nobody trims them. Retention by age counts
    /// real time, of which a tape has none.
    /// </summary>
    public IReadOnlyList<string> LongStreams =>
    [
        .. StreamCatalog.All.Where(stream => stream.Retention.MaxLength is { } most
            && Streams.GetValueOrDefault(stream.Name) > 2 * most).Select(stream => stream.Name),
    ];
}
