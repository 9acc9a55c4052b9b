namespace Quantum.Venue.Wire;

/// <summary>Numbers as Binance writes them: as text, with or without trailing zeros.</summary>
internal static class JsonFields
{
    private const int MoneyDecimals = 8;
    private const int LeastAverageDecimals = 5;

    // Divided by it a decimal loses its trailing zeros.
    private const decimal One = 1.0000000000000000000000000000m;

    private static readonly string[] s_formats = [.. Enumerable.Range(0, 29).Select(n => $"F{n}")];

    /// <summary>Without trailing zeros.</summary>
    public static void Plain(this Utf8JsonWriter json, ReadOnlySpan<byte> name, decimal value)
    {
        Span<byte> text = stackalloc byte[40];
        (value / One).TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        json.WriteString(name, text[..length]);
    }

    /// <summary>With so many digits behind the point.</summary>
    public static void Fixed(this Utf8JsonWriter json, ReadOnlySpan<byte> name, decimal value, int decimals)
    {
        Span<byte> text = stackalloc byte[64];
        value.TryFormat(text, out var length, s_formats[decimals], CultureInfo.InvariantCulture);
        json.WriteString(name, text[..length]);
    }

    /// <summary>With so many digits behind the point, and with more where it has more: never rounded.</summary>
    public static void Whole(this Utf8JsonWriter json, ReadOnlySpan<byte> name, decimal value, int least) =>
        json.Fixed(name, value, Math.Max(least, DecimalsOf(value)));

    /// <summary>An amount of money: 8 digits behind the point.</summary>
    public static void Money(this Utf8JsonWriter json, ReadOnlySpan<byte> name, decimal value) =>
        json.Fixed(name, value, MoneyDecimals);

    /// <summary>
    /// Digits behind the point of an average price: five as of BTCUSDT, of finer ticks one more than theirs.
    /// </summary>
    public static int AverageDecimalsOf(decimal tickSize) => Math.Max(LeastAverageDecimals, DecimalsOf(tickSize) + 1);

    /// <summary>Digits behind the point that a value needs.</summary>
    public static int DecimalsOf(decimal value) => (value / One).Scale;
}
