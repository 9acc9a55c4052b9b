using System.Globalization;
using System.Text.Json;

namespace Quantum.Bench;

/// <summary>One measured number.</summary>
/// <param name="Name">Its fixed name.</param>
/// <param name="Value">The number, in <paramref name="Unit"/>.</param>
/// <param name="Unit">What it counts, such as `ratio` or `B`.</param>
internal readonly record struct Figure(string Name, double Value, string Unit)
{
    /// <summary>The bar that it must reach, in <see cref="Unit"/>; null: none from below.</summary>
    public double? AtLeast { get; init; }

    /// <summary>The bar that it must not pass, in <see cref="Unit"/>; null: none from above.</summary>
    public double? AtMost { get; init; }

    /// <summary>True when a bar was set and is missed.</summary>
    public bool IsMissed => Value < AtLeast || Value > AtMost;

    /// <summary>One JSON object on one line; with a bar, that and whether it is met.</summary>
    public string ToJson()
    {
        var bar = AtLeast is { } least ? $",\"at_least\":{Rounded(least)}"
            : AtMost is { } most ? $",\"at_most\":{Rounded(most)}" : "";
        var met = bar.Length == 0 ? "" : IsMissed ? ",\"met\":false" : ",\"met\":true";
        return $"{{\"name\":{Quote(Name)},\"value\":{Rounded(Value)},\"unit\":{Quote(Unit)}{bar}{met}}}";
    }

    /// <summary>Prints each figure as it comes, on a line of its own; tells how many bars are missed.</summary>
    public static int Print(IEnumerable<Figure> figures, bool isJson)
    {
        var missed = 0;
        foreach (var figure in figures)
        {
            Console.WriteLine(isJson ? figure.ToJson() : figure.ToString());
            if (figure.IsMissed) missed++;
        }

        return missed;
    }

    public override string ToString()
    {
        var bar = AtLeast is { } least ? $"bar: at least {Rounded(least)}"
            : AtMost is { } most ? $"bar: at most {Rounded(most)}" : "";
        var met = bar.Length == 0 ? "" : $"  ({bar}, {(IsMissed ? "MISSED" : "met")})";
        return $"{Name,-32} {Rounded(Value),12} {Unit}{met}";
    }

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    private static string Rounded(double value) =>
        Math.Round(value, Math.Abs(value) >= 1_000 ? 0 : 3).ToString(CultureInfo.InvariantCulture);
}
