using System.Globalization;
using System.Text.Json;

namespace Quantum.Bench;

/// <summary>One measured number.</summary>
/// <param name="Name">Its fixed name.</param>
/// <param name="Value">The number, in <paramref name="Unit"/>.</param>
/// <param name="Unit">What it counts, such as `ratio` or `B`.</param>
internal readonly record struct Figure(string Name, double Value, string Unit)
{
    /// <summary>One JSON object on one line.</summary>
    public string ToJson() =>
        $"{{\"name\":{Quote(Name)},\"value\":{Rounded(Value)},\"unit\":{Quote(Unit)}}}";

    public override string ToString() => $"{Name,-32} {Rounded(Value),12} {Unit}";

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    private static string Rounded(double value) =>
        Math.Round(value, Math.Abs(value) >= 1_000 ? 0 : 3).ToString(CultureInfo.InvariantCulture);
}
