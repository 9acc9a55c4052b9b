using Quantum.Instruments;

namespace Quantum.Console.Shown;

/// <summary>
/// Money, prices, quantities, fractions, R, ages and times as every page shows them; prices and quantities with the
/// precision of their instrument. What is unknown is a dash, and what cannot be read is shown as it came.
/// </summary>
public sealed class Figures(InstrumentBook book)
{
    /// <summary>Stands for what is not known.</summary>
    public const string Unknown = "–";

    private const char Minus = '−';

    /// <summary>USD to the cent, thousands apart, for example <c>10,250.50</c>.</summary>
    public static string Usd(decimal? usd) => usd is { } known ? Number(known, "#,##0.00") : Unknown;

    /// <summary>USD as it stands in an entry.</summary>
    public static string Usd(string text) => Read(text, Usd);

    /// <summary>USD with its sign, for gains and losses.</summary>
    public static string Gain(decimal? usd) => usd is { } known ? Signed(known, "#,##0.00") : Unknown;

    /// <summary>The same of an entry's text.</summary>
    public static string Gain(string text) => Read(text, Gain);

    /// <summary>R with its sign and two decimals, or as many as asked for.</summary>
    public static string R(double? r, int decimals = 2) => r is { } known && double.IsFinite(known)
        ? Signed((decimal)Math.Clamp(known, -1e9, 1e9), Decimals(decimals)) + " R"
        : Unknown;

    /// <summary>A number without a unit, with its sign.</summary>
    public static string Plain(double? number, int decimals) => number is { } known && double.IsFinite(known)
        ? Signed((decimal)Math.Clamp(known, -1e9, 1e9), Decimals(decimals))
        : Unknown;

    /// <summary>A number as it stands in an entry, to so many decimals, without what says nothing.</summary>
    public static string Plain(string text, int decimals) =>
        Read(text, number => number is { } known ? Number(known, "#,##0." + new string('#', decimals)) : Unknown);

    /// <summary>The same of an entry's text.</summary>
    public static string R(string text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var r) ? R(r) : text.Length == 0 ? Unknown : text;

    /// <summary>A fraction as percent with its unit, for example <c>1.25 %</c>.</summary>
    public static string Percent(double? fraction, int decimals = 2) =>
        fraction is { } known && double.IsFinite(known)
            ? Number((decimal)Math.Clamp(known * 100, -1e9, 1e9), Decimals(decimals)) + " %"
            : Unknown;

    /// <summary>The same of an entry's text.</summary>
    public static string Percent(string text, int decimals = 2) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var fraction) ? Percent(fraction, decimals)
        : text.Length == 0 ? Unknown : text;

    /// <summary>A count, thousands apart.</summary>
    public static string Count(long count) => count.ToString("#,##0", CultureInfo.InvariantCulture);

    /// <summary>Entries per second or minute.</summary>
    public static string Rate(double perS) => perS switch
    {
        >= 100 => string.Create(CultureInfo.InvariantCulture, $"{perS:0}/s"),
        >= 0.95 => string.Create(CultureInfo.InvariantCulture, $"{perS:0.0}/s"),
        >= 0.015 => string.Create(CultureInfo.InvariantCulture, $"{perS * 60:0}/min"),
        _ => "quiet",
    };

    /// <summary>A duration, for example <c>12 s</c> or <c>3 h 05 min</c>.</summary>
    public static string Age(long? ms) => ms is not { } known ? Unknown : TimeSpan.FromMilliseconds(known) switch
    {
        { TotalSeconds: < 1 } => "now",
        { TotalSeconds: < 120 } t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalSeconds:0} s"),
        { TotalMinutes: < 120 } t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalMinutes:0} min"),
        { TotalHours: < 48 } t =>
            string.Create(CultureInfo.InvariantCulture, $"{(int)t.TotalHours} h {t.Minutes:00} min"),
        var t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalDays:0} days"),
    };

    /// <summary>A moment, UTC epoch ms, to the second; of an entry's text.</summary>
    public static string Time(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ms) ? Time(ms)
        : text.Length == 0 ? Unknown : text;

    /// <summary>A moment, UTC epoch ms, to the second.</summary>
    public static string Time(long? ms) => Moment(ms, "yyyy-MM-dd HH:mm:ss");

    /// <summary>The time of day alone, UTC.</summary>
    public static string Clock(long? ms) => Moment(ms, "HH:mm:ss");

    /// <summary>Good, bad or neither, as a class: the sign is in the figure, colour only repeats it.</summary>
    public static string Tone(decimal? value) => value switch { > 0 => "up", < 0 => "down", _ => "" };

    /// <summary>The same of an entry's text.</summary>
    public static string Tone(string text) =>
        decimal.TryParse(text, CultureInfo.InvariantCulture, out var value) ? Tone(value) : "";

    /// <summary>A price with the decimals of its instrument's tick.</summary>
    public string Price(string symbol, decimal? price) =>
        price is { } known ? Number(known, FormatOf(book.Find(symbol)?.Filters.TickSize, known)) : Unknown;

    /// <summary>The same of an entry's text.</summary>
    public string Price(string symbol, string text) => Read(text, price => Price(symbol, price));

    /// <summary>A quantity with the decimals of its instrument's step.</summary>
    public string Quantity(string symbol, decimal? quantity) =>
        quantity is { } known ? Number(known, FormatOf(book.Find(symbol)?.Filters.StepSize, known)) : Unknown;

    /// <summary>The same of an entry's text.</summary>
    public string Quantity(string symbol, string text) => Read(text, quantity => Quantity(symbol, quantity));

    /// <summary>Decimals of an instrument's prices, from 0.</summary>
    public int PriceDecimals(string symbol) => DecimalsOf(book.Find(symbol)?.Filters.TickSize ?? 0.01m);

    // Without facts a figure keeps what it has, up to eight decimals.
    private static string FormatOf(decimal? unit, decimal value) => unit is { } known
        ? "#,##0" + (DecimalsOf(known) is > 0 and var decimals ? "." + new string('0', decimals) : "")
        : value == Math.Round(value, 8) ? "#,##0.########" : "#,##0.00000000";

    private static int DecimalsOf(decimal unit) => (unit / 1.000000000000000000000000000m).Scale;

    private static string Read(string text, Func<decimal?, string> shown) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? shown(value)
        : text.Length == 0 ? Unknown : text;

    private static string Decimals(int count) => "0." + new string('0', count);

    private static string Signed(decimal value, string format)
    {
        var text = Number(Math.Abs(value), format);
        return value > 0 ? "+" + text : value < 0 ? Minus + text : text;
    }

    private static string Number(decimal value, string format)
    {
        var text = Math.Abs(value).ToString(format, CultureInfo.InvariantCulture);
        // What rounds to nothing has no sign.
        return value < 0 && text.Any(c => c is >= '1' and <= '9') ? Minus + text : text;
    }

    private static string Moment(long? ms, string format) => ms is not { } known ? Unknown
        : known is < 0 or > 253_402_300_799_999 ? known.ToString(CultureInfo.InvariantCulture)
        : DateTimeOffset.FromUnixTimeMilliseconds(known).ToString(format, CultureInfo.InvariantCulture);
}
