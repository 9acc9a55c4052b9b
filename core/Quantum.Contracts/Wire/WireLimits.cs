using System.Reflection;

namespace Quantum.Contracts.Wire;

/// <summary>
/// Between which numbers what is read from a stream must lie, either way: far beyond every market, and so far within
/// what the types hold that a price times a quantity, or a time and a wait, overflows nothing.
/// </summary>
public static class WireLimits
{
    /// <summary>Money, prices and quantities: one and 12 zeros.</summary>
    public const decimal Decimal = 1_000_000_000_000m;

    /// <summary>Features and fractions: one and 15 zeros.</summary>
    public const double Double = 1e15;

    /// <summary>Counts.</summary>
    public const long Long = 1_000_000_000_000_000;

    /// <summary>Small counts: one and 9 zeros.</summary>
    public const int Int = 1_000_000_000;

    /// <summary>UTC epoch ms, and lengths of time in ms: before the year 2287.</summary>
    public const long TimeMs = 10_000_000_000_000;

    /// <summary>The lowest price above zero: a quantity is money over a price.</summary>
    public const decimal LeastPrice = 0.000_000_000_001m;

    /// <summary>True for whole numbers that are times, which their names end with.</summary>
    public static bool IsTime(PropertyInfo property)
    {
        ArgumentNullException.ThrowIfNull(property);
        return property.Name.EndsWith("Ms", StringComparison.Ordinal)
            && (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == typeof(long);
    }
}
