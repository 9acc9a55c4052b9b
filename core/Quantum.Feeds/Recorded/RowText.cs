using System.Buffers.Text;

namespace Quantum.Feeds.Recorded;

/// <summary>
/// Reads the values of a row. The first failure is kept in words that name place, column and value: whether it matters
/// is known only when the row's symbol and time are.
/// </summary>
internal static class RowText
{
    private const string Mend = "correct or remove the line";
    // Nineteen digits are below 2 to the power of 64.
    private const int MostLength = 19;

    public static long Time(in RowPlace place, string column, ReadOnlySpan<byte> text, ref FeedException? fault) =>
        TimeNs(in place, column, text, ref fault) / 1_000_000;

    public static long TimeNs(in RowPlace place, string column, ReadOnlySpan<byte> text, ref FeedException? fault)
    {
        var reading = FeedTime.ReadNs(text, out var atNs);
        if (reading != TimeReading.Good) fault ??= TimeFault(in place, column, text, reading);
        return atNs;
    }

    public static FeedException TimeFault(
        in RowPlace place, string column, ReadOnlySpan<byte> text, TimeReading reading) => place.Fault(
            column, text, reading == TimeReading.NoTime ? "is no time" : "is no time between 2009 and 2100",
            FeedTime.Forms);

    public static decimal Price(in RowPlace place, string column, ReadOnlySpan<byte> text, ref FeedException? fault)
    {
        var price = Number(in place, column, text, ref fault);
        if (decimal.Sign(price) <= 0) fault ??= place.Fault(column, text, "is not a price above 0", Mend);
        return price;
    }

    public static decimal Quantity(in RowPlace place, string column, ReadOnlySpan<byte> text, ref FeedException? fault)
    {
        var quantity = Number(in place, column, text, ref fault);
        if (decimal.Sign(quantity) < 0) fault ??= place.Fault(column, text, "is below 0", Mend);
        return quantity;
    }

    /// <summary>A size that nothing is decided by: null where it is missing or none.</summary>
    public static decimal? SizeOrNone(ReadOnlySpan<byte> text) =>
        TryNumber(text, out var size) && size >= 0 ? size : null;

    public static decimal Number(in RowPlace place, string column, ReadOnlySpan<byte> text, ref FeedException? fault)
    {
        if (!TryNumber(text, out var number))
        {
            fault ??= place.Fault(
                column, text, "is not a number", "write digits with a decimal point, or remove the line");
        }

        return number;
    }

    public static long Whole(in RowPlace place, string column, ReadOnlySpan<byte> text, ref FeedException? fault)
    {
        if (Utf8Parser.TryParse(text, out long number, out var read) && read == text.Length) return number;
        // "2805.0": a column of floating point.
        if (TryNumber(text, out var value) && value == decimal.Truncate(value) && value is > -1e18m and < 1e18m)
            return (long)value;
        fault ??= place.Fault(column, text, "is not a whole number", Mend);
        return 0;
    }

    /// <summary>
    /// Digits with a point, or with an exponent. The common form is read here, three times as fast as by the library.
    /// </summary>
    public static bool TryNumber(ReadOnlySpan<byte> text, out decimal number)
    {
        var (value, scale, i) = (0UL, 0, 0);
        if (text.Length <= MostLength)
        {
            for (; i < text.Length && (uint)(text[i] - '0') is <= 9 and var digit; i++) value = value * 10 + digit;
            if (i > 0 && i < text.Length && text[i] == '.')
            {
                var point = i++;
                for (; i < text.Length && (uint)(text[i] - '0') is <= 9 and var digit; i++) value = value * 10 + digit;
                scale = i - point - 1;
            }
        }

        if (i == 0 || i < text.Length)
            return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
        number = new decimal((int)value, (int)(value >> 32), 0, isNegative: false, (byte)scale);
        return true;
    }

    /// <summary>A floating point number as the shortest decimal that means it; false when there is none.</summary>
    public static bool TryNumber(double value, out decimal number)
    {
        number = 0;
        if (!double.IsFinite(value) || Math.Abs(value) > 1e27) return false;
        number = (decimal)value;
        return (double)number == value
            || decimal.TryParse(
                value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture,
                out number);
    }
}
