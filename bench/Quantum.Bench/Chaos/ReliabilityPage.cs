namespace Quantum.Bench.Chaos;

/// <summary>
/// The table of docs/RELIABILITY.md, between two marks: one row a cell, each with its day. What was measured again
/// takes the place of what stood there.
/// </summary>
internal static class ReliabilityPage
{
    private const string Begin = "<!-- chaos: written by ./quantum chaos --write -->";
    private const string End = "<!-- chaos: end -->";

    /// <summary>Writes what was measured into the page of this tree.</summary>
    public static void Keep(IReadOnlyList<ChaosRow> rows, string day)
    {
        var page = Path.Combine(BuiltServices.Root, "docs", "RELIABILITY.md");
        File.WriteAllText(page, With(File.ReadAllText(page), rows, day));
    }

    /// <summary>The page with what was measured.</summary>
    public static string With(string page, IReadOnlyList<ChaosRow> rows, string day)
    {
        var (begin, end) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        if (begin < 0 || end < begin)
            throw new InvalidOperationException($"docs/RELIABILITY.md has no '{Begin}' with '{End}' behind it.");
        var kept = page[(begin + Begin.Length)..end].Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .ToDictionary(line => line.Split('`')[1], StringComparer.Ordinal);
        foreach (var row in rows)
            kept[row.Cell.Name] = Line([$"`{row.Cell.Name}`", .. row.Cells.Skip(1), day]);
        string[] lines =
        [
            Begin, "", Line([.. ChaosRow.Columns, "day"]), Line([.. ChaosRow.Columns.Select(_ => "---"), "---"]),
            .. ChaosCell.All.Where(cell => kept.ContainsKey(cell.Name)).Select(cell => kept[cell.Name]), "",
            $"{kept.Count} of {ChaosCell.All.Count} cells.", "",
        ];
        return page[..begin] + string.Join('\n', lines) + page[end..];
    }

    private static string Line(IEnumerable<string> cells) => "| " + string.Join(" | ", cells) + " |";
}
