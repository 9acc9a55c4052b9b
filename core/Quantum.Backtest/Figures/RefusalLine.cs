using Quantum.Backtest.Results;
using Quantum.Contracts.Reasons;

namespace Quantum.Backtest.Figures;

/// <summary>How often one gate refused for one reason, over all symbols.</summary>
/// <param name="Gate">The role that refused.</param>
/// <param name="ReasonCode">A code of the reason catalog.</param>
/// <param name="Meaning">Its meaning, as the end of a sentence that begins with "because"; null when the catalog has
/// none.
/// </param>
/// <param name="Count">Above 0.</param>
/// <param name="BySymbol">The same per symbol, the most first; those of no symbol are left out.</param>
public sealed record RefusalLine(
    string Gate, string ReasonCode, string? Meaning, long Count, IReadOnlyList<SymbolCount> BySymbol)
{
    /// <summary>One line a gate and reason, the most first.</summary>
    public static IReadOnlyList<RefusalLine> Of(IEnumerable<Refusal> refusals) =>
        [.. refusals.GroupBy(refusal => (refusal.Gate, refusal.ReasonCode))
            .Select(group => new RefusalLine(
                group.Key.Gate, group.Key.ReasonCode, ReasonCatalog.Find(group.Key.ReasonCode)?.Meaning,
                group.Sum(refusal => refusal.Count), PerSymbol(group)))
            .OrderByDescending(line => line.Count).ThenBy(line => line.Gate, StringComparer.Ordinal)
            .ThenBy(line => line.ReasonCode, StringComparer.Ordinal)];

    private static SymbolCount[] PerSymbol(IEnumerable<Refusal> refusals) =>
        [.. refusals.Where(refusal => refusal.Symbol is not null).GroupBy(refusal => refusal.Symbol!.Value.Name)
            .Select(group => new SymbolCount(group.Key, group.Sum(refusal => refusal.Count)))
            .OrderByDescending(count => count.Count).ThenBy(count => count.Symbol, StringComparer.Ordinal)];
}

/// <summary>A count of one symbol.</summary>
/// <param name="Symbol">Whose.</param>
/// <param name="Count">Above 0.</param>
public sealed record SymbolCount(string Symbol, long Count);
