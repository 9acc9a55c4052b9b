namespace Quantum.Contracts.Catalog;

/// <summary>
/// In which order the roles of a tape speak in one round of a step: as they first stand as producers in the catalog's
/// streams, then those that publish nothing. What a role publishes is handled in the next round.
/// </summary>
public static class TapeOrder
{
    /// <summary>Every role and gateway.</summary>
    public static IReadOnlyList<string> Roles { get; } =
    [
        .. StreamCatalog.All.SelectMany(stream => stream.Producers)
            .Concat(StreamCatalog.All.SelectMany(stream => stream.Consumers).Select(consumer => consumer.Role))
            .Distinct(),
    ];
}
