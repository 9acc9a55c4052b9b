namespace Quantum.Console.Live;

/// <summary>Which regime a symbol was in, and since when.</summary>
internal sealed class RegimeBands
{
    private const int Read = 3_000;

    private readonly IReadOnlyList<(long FromMs, string Regime)> _told;

    private RegimeBands(IReadOnlyList<(long FromMs, string Regime)> told) => _told = told;

    /// <summary>
    /// Out of the newest that was told on <c>meta.regime</c>: the symbol's own, else the whole market's, as the AI
    /// takes it.
    /// </summary>
    public static RegimeBands Of(SystemRedis look, string symbol)
    {
        var all = look.Last(StreamCatalog.MetaRegime, Read).ToList();
        var own = all.Where(entry => entry["symbol"] == symbol).ToList();
        return new RegimeBands(LastWords(own.Count > 0 ? own : all.Where(entry => entry["symbol"].Length == 0)));
    }

    // The newest first: what was told before of the same time or a later one was taken back, as silence is while a
    // history is still read.
    private static List<(long FromMs, string Regime)> LastWords(IEnumerable<StreamEntry> told)
    {
        var kept = new List<(long FromMs, string Regime)>();
        foreach (var entry in told.OrderByDescending(entry => EntryId.Parse(entry.Id)))
            if (kept.Count == 0 || entry.AtMs < kept[^1].FromMs) kept.Add((entry.AtMs, entry["regime"]));
        kept.Reverse();
        return kept;
    }

    /// <summary>The regime at a moment, UTC epoch ms; <c>unknown</c> before the first.</summary>
    public string At(long atMs)
    {
        var (low, high) = (0, _told.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_told[middle].FromMs <= atMs) low = middle + 1;
            else high = middle;
        }

        return low > 0 && _told[low - 1].Regime is { Length: > 0 } told ? told : WireNames.Of(Regime.Unknown);
    }
}
