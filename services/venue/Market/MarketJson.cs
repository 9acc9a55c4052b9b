namespace Quantum.Venue.Market;

/// <summary>Parts of answers and events that are written in the same way everywhere.</summary>
internal static class MarketJson
{
    private static readonly string[] s_formats = [.. Enumerable.Range(0, 29).Select(n => $"F{n}")];

    /// <summary>Levels as pairs of price and size.</summary>
    public static void Levels(
        this Utf8JsonWriter json, ReadOnlySpan<byte> name, SymbolMarket market, IEnumerable<long> levels, bool isBid)
    {
        json.WriteStartArray(name);
        foreach (var ticks in levels)
        {
            json.WriteStartArray();
            json.FixedValue(market.Book.PriceOf(ticks), market.PriceDecimals);
            json.FixedValue(market.Book.SizeAt(ticks, isBid), market.QuantityDecimals);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    /// <summary>The best levels of a side, in ticks, that there are.</summary>
    public static IEnumerable<long> Best(BookLadder book, int count, bool isBid)
    {
        for (var i = 0; i < count; i++)
        {
            var ticks = isBid ? book.BidTicks - i : book.AskTicks + i;
            if (ticks < 1) yield break;
            yield return ticks;
        }
    }

    /// <summary>A number as text with so many digits behind the point, as an element of an array.</summary>
    public static void FixedValue(this Utf8JsonWriter json, decimal value, int decimals)
    {
        Span<byte> text = stackalloc byte[64];
        value.TryFormat(text, out var length, s_formats[decimals], CultureInfo.InvariantCulture);
        json.WriteStringValue(text[..length]);
    }
}
