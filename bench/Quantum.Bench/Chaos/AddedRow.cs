using System.Globalization;

namespace Quantum.Bench.Chaos;

/// <summary>
/// A row of the table that stands for runs of two times: what is counted is added, of recovery the slowest stays, and
/// what one of them missed is missed.
/// </summary>
internal static class AddedRow
{
    private const int Runs = 1;
    private const int Recovery = 7;
    private const int Bars = 8;
    private static readonly string[] s_worstFirst = ["failed", "missed", "met"];

    /// <summary>Both as one row; throws <see cref="FormatException"/> where a count is none.</summary>
    /// <param name="before">What stands there, cell by cell: name, runs, four counts, two times, bars.</param>
    /// <param name="now">What was measured now, alike; cells behind the bars are kept as they are.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> before, IReadOnlyList<string> now) =>
    [
        now[0],
        .. Enumerable.Range(Runs, Recovery - Runs - 1)
            .Select(at => (Whole(before[at]) + Whole(now[at])).ToString(CultureInfo.InvariantCulture)),
        (Seconds(before[Recovery - 1]) + Seconds(now[Recovery - 1])).ToString("0.0", CultureInfo.InvariantCulture),
        Seconds(before[Recovery]) > Seconds(now[Recovery]) ? before[Recovery] : now[Recovery],
        s_worstFirst.First(word => before[Bars] == word || now[Bars] == word),
        .. now.Skip(Bars + 1),
    ];

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    // "> 60" is told of what never recovered, nothing of what could not be carried through.
    private static double Seconds(string text) => text.Length == 0 ? 0
        : text[0] == '>' ? double.PositiveInfinity : double.Parse(text, CultureInfo.InvariantCulture);
}
