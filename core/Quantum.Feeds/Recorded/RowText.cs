using System.Globalization;

namespace Quantum.Feeds.Recorded;

/// <summary>Reads the values of a row, each failure in words that name place, column and value.</summary>
internal static class RowText
{
    private const long SecondsDigits = 11;
    private const long MillisecondsDigits = 14;

    private static readonly string[] _isoForms =
    [
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK", "yyyy-MM-ddTHH:mmK",
        "yyyy-MM-dd",
    ];

    public static long Time(in RowPlace place, string column, ReadOnlySpan<char> text)
    {
        if (!TryTime(text, out var atMs))
        {
            throw place.Fault(
                column, text, "is no time",
                "write ISO such as 2025-12-04 22:58:00+00:00 (without a zone: UTC), or epoch seconds or milliseconds");
        }

        return atMs > 0 ? atMs
            : throw place.Fault(column, text, "is not after 1970", "write the candle's start in UTC");
    }

    /// <summary>
    /// ISO with a zone or without (UTC), or epoch seconds, milliseconds or microseconds by number of digits.
    /// </summary>
    public static bool TryTime(ReadOnlySpan<char> text, out long atMs)
    {
        atMs = 0;
        if (text.IndexOfAnyExceptInRange('0', '9') < 0 && text.Length > 0)
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out atMs)) return false;
            atMs = text.Length <= SecondsDigits ? atMs * 1000 : text.Length <= MillisecondsDigits ? atMs : atMs / 1000;
            return true;
        }

        if (!DateTimeOffset.TryParseExact(
            text, _isoForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return false;
        atMs = time.ToUnixTimeMilliseconds();
        return true;
    }

    public static decimal Price(in RowPlace place, string column, ReadOnlySpan<char> text)
    {
        var price = Number(in place, column, text);
        return price > 0 ? price
            : throw place.Fault(column, text, "is not a price above 0", "correct or remove the line");
    }

    public static decimal Quantity(in RowPlace place, string column, ReadOnlySpan<char> text)
    {
        var quantity = Number(in place, column, text);
        return quantity >= 0 ? quantity : throw place.Fault(column, text, "is below 0", "correct or remove the line");
    }

    public static decimal Number(in RowPlace place, string column, ReadOnlySpan<char> text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw place.Fault(
                column, text, "is not a number", "write digits with a decimal point, or remove the line");

    public static long Whole(in RowPlace place, string column, ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw place.Fault(column, text, "is not a whole number", "correct or remove the line");
}
