using System.Collections.Immutable;
using System.Globalization;
using Quantum.Contracts.Catalog;
using Quantum.Looking;

namespace Quantum.Console.Live;

/// <summary>
/// The newest price of each symbol, from the newest ticks: so many of them, however fast they come, and more only until
/// every held symbol was among them.
/// </summary>
internal sealed class MarketPrices
{
    private const int Newest = 200;
    private const int Most = 5_000;

    private ImmutableSortedDictionary<string, MarketPrice> _prices =
        ImmutableSortedDictionary<string, MarketPrice>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Every symbol that was seen, by name.</summary>
    public IReadOnlyCollection<string> Symbols => [.. _prices.Keys];

    /// <summary>The newest price; null when none was seen.</summary>
    public MarketPrice? Of(string symbol) => _prices.GetValueOrDefault(symbol);

    /// <summary>Reads on.</summary>
    /// <param name="look">Where.</param>
    /// <param name="held">Symbols whose price is wanted most.</param>
    public void Read(SystemRedis look, IReadOnlyCollection<string> held)
    {
        // The newest come first.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var read = 0;
        foreach (var tick in look.Last(StreamCatalog.MarketTick, Most))
        {
            if (++read > Newest && held.All(seen.Contains)) return;
            if (!decimal.TryParse(tick["price"], CultureInfo.InvariantCulture, out var price)) continue;
            if (seen.Add(tick["symbol"]))
                _prices = _prices.SetItem(tick["symbol"], new MarketPrice(price, tick.IdMs));
        }
    }
}

/// <summary>A price and when it was told.</summary>
/// <param name="Price">Quote currency.</param>
/// <param name="AtMs">Redis time of its entry, UTC epoch ms.</param>
internal sealed record MarketPrice(decimal Price, long AtMs);
