namespace Quantum.Instruments;

/// <summary>What differs between two books, by name.</summary>
/// <param name="Added">Only in the newer.</param>
/// <param name="Gone">Only in the older.</param>
/// <param name="Changed">In both, with other facts.</param>
/// <param name="Same">How many are equal.</param>
public sealed record BookDifference(
    IReadOnlyList<Instrument> Added, IReadOnlyList<Instrument> Gone, IReadOnlyList<InstrumentChange> Changed, int Same)
{
    public bool IsNone => Added.Count == 0 && Gone.Count == 0 && Changed.Count == 0;

    public static BookDifference Of(InstrumentBook older, InstrumentBook newer)
    {
        ArgumentNullException.ThrowIfNull(older);
        ArgumentNullException.ThrowIfNull(newer);
        var changed = new List<InstrumentChange>();
        var same = 0;
        foreach (var row in newer.Rows)
        {
            if (older.Find(row.Symbol) is not { } before) continue;
            var facts = before.Facts().Zip(row.Facts())
                .Where(pair => pair.First.Value != pair.Second.Value)
                .Select(pair => new FactChange(pair.First.Name, pair.First.Value, pair.Second.Value)).ToArray();
            if (facts.Length == 0) same++;
            else changed.Add(new InstrumentChange(row.Symbol.Name, facts));
        }

        return new BookDifference(
            [.. newer.Rows.Where(row => older.Find(row.Symbol) is null)],
            [.. older.Rows.Where(row => newer.Find(row.Symbol) is null)], changed, same);
    }
}

/// <summary>The facts of one instrument that are others now.</summary>
public sealed record InstrumentChange(string Symbol, IReadOnlyList<FactChange> Facts);

/// <summary>One fact that is another now.</summary>
public sealed record FactChange(string Name, string Before, string Now);
