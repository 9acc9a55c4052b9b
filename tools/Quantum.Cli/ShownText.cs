using Quantum.Resp;
using Spectre.Console;

namespace Quantum.Cli;

/// <summary>Figures and times as people read them.</summary>
internal static class ShownText
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Age(long? ms) => TimeText.Age(ms);

    public static string Rate(double perS) =>
        perS == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{perS:0.#}/s");

    public static string Time(long ms) => TimeText.Time(ms);

    /// <summary>Bars for the values, the highest being full.</summary>
    public static string Sparkline(IEnumerable<double> values)
    {
        var all = values.ToArray();
        var top = all.Length == 0 ? 0 : all.Max();
        return top <= 0
            ? ""
            : string.Concat(all.Select(v => Bars[(int)Math.Min(Bars.Length - 1, v / top * (Bars.Length - 1))]));
    }

    /// <summary>
    /// Columns padded to their widest cell; numbers do not align, for everything here is read by the line.
    /// </summary>
    public static void Table(TextWriter target, IReadOnlyList<string[]> rows)
    {
        if (rows.Count == 0) return;
        // Cells hold what somebody else has written: it must not move the cursor or hide a line.
        string[][] all = [.. rows.Select(row => row.Select(NameText.Shown).ToArray())];
        var widths = Enumerable.Range(0, all[0].Length).Select(c => all.Max(row => Width(row[c]))).ToArray();
        foreach (var row in all)
        {
            var cells = row.Select((cell, c) => cell + new string(' ', widths[c] - Width(cell)));
            target.WriteLine(string.Join("  ", cells).TrimEnd());
        }
    }

    /// <summary>Columns that a text takes on a terminal: characters of some scripts take two.</summary>
    public static int Width(string text) => text.GetCellWidth();
}
