namespace Quantum.Bench.Chaos;

/// <summary>
/// The table of cells in docs/RELIABILITY.md: one row a cell, each with its day. What was measured again takes the
/// place of what stood there.
/// </summary>
internal static class ReliabilityPage
{
    private static readonly PagePart s_part = new(
        "<!-- chaos: written by ./quantum chaos --write -->", "<!-- chaos: end -->");

    /// <summary>Writes what was measured into the page of this tree.</summary>
    public static void Keep(IReadOnlyList<ChaosRow> rows, string day) => s_part.Keep(part => With(part, rows, day));

    private static string With(string part, IReadOnlyList<ChaosRow> rows, string day)
    {
        var kept = part.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .ToDictionary(line => line.Split('`')[1], StringComparer.Ordinal);
        foreach (var row in rows)
            kept[row.Cell.Name] = PagePart.Row([$"`{row.Cell.Name}`", .. row.Cells.Skip(1), day]);
        string[] lines =
        [
            "", "", PagePart.Row([.. ChaosRow.Columns, "day"]),
            PagePart.Row([.. ChaosRow.Columns.Select(_ => "---"), "---"]),
            .. ChaosCell.All.Where(cell => kept.ContainsKey(cell.Name)).Select(cell => kept[cell.Name]), "",
            $"{kept.Count} of {ChaosCell.All.Count} cells.", "",
        ];
        return string.Join('\n', lines);
    }
}
