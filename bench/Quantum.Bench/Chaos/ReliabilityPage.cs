namespace Quantum.Bench.Chaos;

/// <summary>
/// The table of cells in docs/RELIABILITY.md: one row a cell, each with the day of its last run. What was measured
/// again takes the place of what stood there, or is added to it.
/// </summary>
internal static class ReliabilityPage
{
    private static readonly PagePart s_part = new(
        "<!-- chaos: written by ./quantum chaos --write -->", "<!-- chaos: end -->");

    /// <summary>Writes a row into the page of this tree.</summary>
    /// <param name="row">What was measured.</param>
    /// <param name="day">When.</param>
    /// <param name="adds">True: to what stands there, which keeps its runs.</param>
    public static void Keep(ChaosRow row, string day, bool adds) => s_part.Keep(part => With(part, row, day, adds));

    private static string With(string part, ChaosRow row, string day, bool adds)
    {
        var kept = part.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .ToDictionary(line => line.Split('`')[1], StringComparer.Ordinal);
        IReadOnlyList<string> now = [$"`{row.Cell.Name}`", .. row.Cells.Skip(1), day];
        if (adds && kept.TryGetValue(row.Cell.Name, out var before))
            now = AddedRow.Of([.. before.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries)], now);
        kept[row.Cell.Name] = PagePart.Row(now);
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
