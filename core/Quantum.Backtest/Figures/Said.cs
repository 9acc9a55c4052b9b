using Quantum.Feeds;

namespace Quantum.Backtest.Figures;

/// <summary>How figures are written for people: invariant, with a few digits that mean something.</summary>
internal static class Said
{
    /// <summary>Up to two decimals, more where the number is small.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        0 => "0",
        < 0.1 => value.ToString("0.####", CultureInfo.InvariantCulture),
        < 1000 => value.ToString("0.##", CultureInfo.InvariantCulture),
        _ => value.ToString("#,0", CultureInfo.InvariantCulture),
    };

    public static string Usd(decimal value)
    {
        var text = Math.Abs(value).ToString("#,0.00", CultureInfo.InvariantCulture);
        return value < 0 && text.Any(c => c is >= '1' and <= '9') ? $"-{text}" : text;
    }

    /// <summary>With its sign, also when it gained.</summary>
    public static string Signed(double value) => Plus(value > 0) + Number(value);

    /// <summary>With its sign, also when it gained.</summary>
    public static string SignedUsd(decimal value) => Plus(value > 0) + Usd(value);

    /// <summary>With its sign, also when it gained.</summary>
    public static string SignedPercent(double fraction) => Plus(Math.Round(fraction * 100, 2) > 0) + Percent(fraction);

    /// <summary>A fraction in percent with two decimals.</summary>
    public static string Percent(double fraction)
    {
        var percent = Math.Round(fraction * 100, 2);
        return $"{(percent == 0 ? 0 : percent).ToString("#,0.00", CultureInfo.InvariantCulture)} %";
    }

    /// <summary>A figure with its error, or why it has no value.</summary>
    public static string Value(Figure figure, string unit = "") => Written(figure, Number, unit);

    /// <summary>A figure that is a fraction, in percent.</summary>
    public static string Share(Figure figure) => Written(figure, Percent, "");

    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A number of things with its noun.</summary>
    public static string Count(long count, string one, string many) => $"{Count(count)} {(count == 1 ? one : many)}";

    public static string Day(long atMs) => Moment(atMs, "yyyy-MM-dd");

    public static string Minute(long atMs) => Moment(atMs, "yyyy-MM-dd HH:mm");

    /// <summary>A length of time by its largest unit.</summary>
    public static string Span(long ms) => ms switch
    {
        < 60_000 => $"{Number(ms / 1000.0)} s",
        < 3_600_000 => $"{Number(Math.Round(ms / 60_000.0, 1))} min",
        < CandleInterval.DayMs => $"{Number(Math.Round(ms / 3_600_000.0, 1))} h",
        _ => $"{Number(Math.Round(ms / (double)CandleInterval.DayMs, 1))} days",
    };

    private static string Plus(bool isGain) => isGain ? "+" : "";

    private static string Written(Figure figure, Func<double, string> number, string unit) => figure switch
    {
        { Value: { } value, StandardError: { } error } => $"{number(value)}{unit} (standard error {number(error)})",
        { Value: { } value } => number(value) + unit,
        _ => $"undefined: {figure.Undefined}",
    };

    private static string Moment(long atMs, string format) =>
        DateTimeOffset.FromUnixTimeMilliseconds(atMs).UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
