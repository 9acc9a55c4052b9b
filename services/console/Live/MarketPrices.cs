using System.Collections.Immutable;

namespace Quantum.Console.Live;

/// <summary>
/// The newest price of each symbol, from the ticks since the last look: the newest few of them, however fast they come,
/// and more only until every held symbol was among them.
/// </summary>
internal sealed class MarketPrices
{
    private const int Few = 200;
    private const int Most = 5_000;

    private readonly Dictionary<string, string> _readTo = new(StringComparer.Ordinal);
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
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in look.Keys.KeysOf(StreamCatalog.MarketTick))
        {
            var readTo = _readTo.GetValueOrDefault(key);
            StreamEntry[] few = [.. look.Newest(key, Few, after: readTo)];
            Note(few, seen);
            if (few.Length > 0) _readTo[key] = few[0].Id;
            if (few.Length < Few) continue;
            // Read only as far as it is taken.
            Note(look.Newest(key, Most, few[^1].Id, readTo).TakeWhile(_ => !held.All(seen.Contains)), seen);
        }
    }

    /// <summary>Forgets how far was read, for the log may be another now; what was seen stays with its time.</summary>
    public void ReadAnew() => _readTo.Clear();

    // The newest come first.
    private void Note(IEnumerable<StreamEntry> ticks, HashSet<string> seen)
    {
        foreach (var tick in ticks)
        {
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
