using Quantum.Roles.Positions;

namespace Quantum.Looking;

/// <summary>What the executor holds and what may still become a position.</summary>
/// <param name="Open">Signed base quantity by symbol.</param>
/// <param name="Opening">Symbols with an entry under way.</param>
public sealed record Holdings(IReadOnlyDictionary<string, decimal> Open, IReadOnlyList<string> Opening)
{
    public bool IsFlat => Open.Count == 0 && Opening.Count == 0;

    public static Holdings Of(SystemRedis look)
    {
        var symbols = look.Books(RoleNames.Executor, BookedPosition.ExecutorField, BookedPosition.OfExecutor);
        return new Holdings(
            new SortedDictionary<string, decimal>(
                symbols.Where(pair => pair.Value.IsOpen).ToDictionary(pair => pair.Key, pair => pair.Value.Quantity),
                StringComparer.Ordinal),
            [.. symbols.Where(pair => pair.Value.IsOpening).Select(pair => pair.Key).Order(StringComparer.Ordinal)]);
    }
}
