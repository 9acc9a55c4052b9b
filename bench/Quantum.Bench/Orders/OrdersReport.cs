namespace Quantum.Bench.Orders;

/// <summary>What a run found.</summary>
internal sealed record OrdersReport
{
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What each kind of fault struck, in a fixed order.</summary>
    public required IReadOnlyDictionary<string, StruckBy> Struck { get; init; }

    /// <summary>Different orders that were commanded.</summary>
    public required int Orders { get; init; }

    public required int Accepted { get; init; }

    public required int Fills { get; init; }

    public required int Intents { get; init; }

    /// <summary>Intents by outcome and reason.</summary>
    public required IReadOnlyDictionary<string, int> Ends { get; init; }

    /// <summary>From the first intent to the last result.</summary>
    public required TimeSpan Took { get; init; }

    /// <summary>Whether the time was over before the orders were.</summary>
    public required bool IsCutShort { get; init; }

    /// <summary>The longest time that a position stood without live stops of its full quantity.</summary>
    public required TimeSpan LongestUnprotected { get; init; }

    /// <summary>Time beyond the executor's limit, over all positions.</summary>
    public required TimeSpan UnprotectedBeyond { get; init; }

    /// <summary>The symbol of the longest time.</summary>
    public required string LongestSymbol { get; init; }

    /// <summary>Looks at the venue's truth.</summary>
    public required int Looks { get; init; }

    public bool IsClean => Findings.Count == 0 && UnprotectedBeyond == TimeSpan.Zero && !IsCutShort;

    public int CountOf(string kind) => Findings.Count(finding => finding.Kind == kind);

    public IEnumerable<Figure> Figures()
    {
        yield return new Figure("orders_duplicates", CountOf(OrdersCheck.Duplicate), "orders");
        yield return new Figure("orders_lost", CountOf(OrdersCheck.Lost), "orders");
        yield return new Figure("orders_unresolved", CountOf(OrdersCheck.Unresolved), "intents");
        yield return new Figure("orders_unprotected_beyond", UnprotectedBeyond.TotalSeconds, "s");
        yield return new Figure("orders_unprotected_longest", LongestUnprotected.TotalSeconds, "s");
        yield return new Figure("orders_cut_short", IsCutShort ? 1 : 0, "runs");
        yield return new Figure("orders_commanded", Orders, "orders");
        yield return new Figure("orders_accepted", Accepted, "orders");
        yield return new Figure("orders_fills", Fills, "fills");
        yield return new Figure("orders_intents", Intents, "intents");
        yield return new Figure("orders_took", Took.TotalSeconds, "s");
        foreach (var (kind, struck) in Struck) yield return new Figure("orders_fault_" + kind, struck.Times, "faults");
    }

    /// <summary>One row for each kind of fault: what it struck, and what of that went wrong.</summary>
    public IEnumerable<string> Table()
    {
        yield return Row("fault", "struck", OrdersCheck.Duplicate, OrdersCheck.Lost, OrdersCheck.Unresolved);
        foreach (var (kind, struck) in Struck)
        {
            yield return Row(kind, struck.Times, Of(OrdersCheck.Duplicate), Of(OrdersCheck.Lost),
                Of(OrdersCheck.Unresolved));
            int Of(string word) => Findings.Count(finding =>
                finding.Kind == word && finding.ClientId is { } id && struck.ClientIds.Contains(id));
        }

        yield return Row(
            "all, each once", Struck.Values.Sum(struck => struck.Times), CountOf(OrdersCheck.Duplicate),
            CountOf(OrdersCheck.Lost), CountOf(OrdersCheck.Unresolved));
    }

    private static string Row(string name, params ReadOnlySpan<object> cells)
    {
        var text = name.PadRight(18);
        foreach (var cell in cells) text += FormattableString.Invariant($" {cell,11}");
        return text;
    }
}
