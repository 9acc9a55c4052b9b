using System.Collections.Immutable;
using System.Globalization;
using Quantum.Contracts.Catalog;
using Quantum.Looking;

namespace Quantum.Console.Live;

/// <summary>The newest price of each symbol, from the newest ticks: so many of them, however fast they come.</summary>
internal sealed class MarketPrices
{
    private const int Newest = 200;

    private ImmutableSortedDictionary<string, decimal> _prices =
        ImmutableSortedDictionary<string, decimal>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Every symbol that was seen, by name.</summary>
    public IReadOnlyCollection<string> Symbols => [.. _prices.Keys];

    /// <summary>The newest price, quote currency; null when none was seen.</summary>
    public decimal? Of(string symbol) => _prices.TryGetValue(symbol, out var known) ? known : null;

    public void Read(SystemRedis look)
    {
        // The newest come first.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tick in look.Last(StreamCatalog.MarketTick, Newest))
        {
            if (!decimal.TryParse(tick["price"], CultureInfo.InvariantCulture, out var price)) continue;
            if (seen.Add(tick["symbol"])) _prices = _prices.SetItem(tick["symbol"], price);
        }
    }
}
