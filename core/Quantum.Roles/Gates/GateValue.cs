using System.Globalization;

namespace Quantum.Roles.Gates;

/// <summary>A figure of a gate: a number or a word; none where it is not known.</summary>
internal readonly struct GateValue
{
    private readonly decimal? _exact;
    private readonly double? _real;
    private readonly string? _word;

    private GateValue(decimal? exact, double? real, string? word) => (_exact, _real, _word) = (exact, real, word);

    public static implicit operator GateValue(decimal? number) => new(number, null, null);
    public static implicit operator GateValue(decimal number) => new(number, null, null);
    public static implicit operator GateValue(double? number) => new(null, number, null);
    public static implicit operator GateValue(double number) => new(null, number, null);
    public static implicit operator GateValue(long? number) => new(number, null, null);
    public static implicit operator GateValue(long number) => new(number, null, null);
    public static implicit operator GateValue(int number) => new(number, null, null);
    public static implicit operator GateValue(string? word) => new(null, null, word);

    /// <summary>Below 0, 0 or above 0; null where either is no number, as NaN: no gate is open on it.</summary>
    public static int? Compare(in GateValue left, in GateValue right)
    {
        if (left._exact is { } exact && right._exact is { } other) return exact.CompareTo(other);
        if (left.Real is not { } one || right.Real is not { } two) return null;
        if (double.IsNaN(one) || double.IsNaN(two)) return null;
        return one.CompareTo(two);
    }

    /// <summary>True where both are the same word.</summary>
    public static bool IsSame(in GateValue left, in GateValue right) =>
        left._word is not null && left._word == right._word;

    /// <summary>The number or word, <c>unknown</c> where there is none.</summary>
    public override string ToString() => _word
        ?? _exact?.ToString("0.########", CultureInfo.InvariantCulture)
        ?? _real?.ToString("0.########", CultureInfo.InvariantCulture) ?? "unknown";

    private double? Real => _real ?? (double?)_exact;
}
