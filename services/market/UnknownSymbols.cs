using Quantum.Feeds;
using Quantum.Roles.Symbols;

namespace Quantum.Market;

/// <summary>Says at the start which symbols of the feed cannot be traded because no facts are known of them.</summary>
internal static class UnknownSymbols
{
    /// <summary>Throws <see cref="FeedException"/> when there is no other symbol: such a run would only look busy.
    /// </summary>
    public static void Tell(IReadOnlyList<Symbol> symbols, SymbolFilterBook book, IFeedStore store, ILogger log)
    {
        var unknown = symbols.Where(symbol => book.Find(symbol) is null).ToArray();
        if (unknown.Length == 0) return;
        var isAll = unknown.Length == symbols.Count;
        var alarm = (isAll ? "nothing of this run can be traded: " : "left without trading: ")
            + SymbolFilterBook.Unknown(unknown);
        store.WriteAlarm(alarm);
        if (isAll) throw new FeedException(alarm + ".");
        log.LogError("{Alarm}", alarm);
    }
}
