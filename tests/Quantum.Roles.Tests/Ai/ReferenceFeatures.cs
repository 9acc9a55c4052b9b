using Quantum.Roles.Ai.Features;

namespace Quantum.Roles.Tests.Ai;

/// <summary>
/// Every feature once more, from its definition over the whole history: sums with explicit weights where the window
/// keeps running averages, and nothing of its code. A new feature gets its row here.
/// </summary>
internal static class ReferenceFeatures
{
    private const double LeastRange = 1e-6;

    /// <summary>By name; each takes all candles since the last gap, oldest first.</summary>
    public static IReadOnlyDictionary<string, Func<Candle[], double>> All { get; } =
        new Dictionary<string, Func<Candle[], double>>
        {
            ["ret_1"] = c => Return(c, 1),
            ["ret_5"] = c => Return(c, 5),
            ["ret_15"] = c => Return(c, 15),
            ["ret_60"] = c => Return(c, 60),
            ["rsi_14"] = RelativeStrength,
            ["macd"] = c => (Ema(Logs(c), 12) - Ema(Logs(c), 26)) / Range(c),
            ["macd_histogram"] = c => (Macd(c)[^1] - Ema(Macd(c), 9)) / Range(c),
            ["trend_distance_30"] = c => (Logs(c)[^1] - Ema(Logs(c), 30)) / Range(c),
            ["bollinger_20"] = Bollinger,
            ["range_position_30"] = c => Place(
                c[^1].Close, c.TakeLast(30).Min(k => k.Low), c.TakeLast(30).Max(k => k.High)),
            ["efficiency_15"] = c => Moves(c).TakeLast(15).Sum() / Moves(c).TakeLast(15).Sum(Math.Abs),
            ["body"] = c => Math.Log(c[^1].Close / c[^1].Open) / Math.Log(c[^1].High / c[^1].Low),
            ["money_flow_20"] = c => c.TakeLast(20).Sum(k => k.Volume * Place(k.Close, k.Low, k.High))
                / c.TakeLast(20).Sum(k => k.Volume),
            ["atr_log"] = c => Math.Log(Range(c)),
            ["volatility_ratio"] = c => Math.Clamp(
                Math.Log(Moves(c).TakeLast(15).Average(Math.Abs) / Moves(c).TakeLast(60).Average(Math.Abs)), -3, 3),
            ["volume_ratio"] = c => Math.Log((1 + c[^1].Volume / c.TakeLast(20).Average(k => k.Volume)) / 2),
            ["day_sin"] = c => Math.Sin(DayAngle(c)),
            ["day_cos"] = c => Math.Cos(DayAngle(c)),
        };

    /// <summary>Wilder's average true range over the newest close, fraction.</summary>
    public static double AtrFraction(Candle[] candles) =>
        Wilder(TrueRanges(candles, price => price)) / candles[^1].Close;

    private static double Return(Candle[] candles, int back) =>
        Math.Log(candles[^1].Close / candles[^(back + 1)].Close) / (Range(candles) * Math.Sqrt(back));

    private static double RelativeStrength(Candle[] candles)
    {
        var gain = Wilder(Moves(candles).Select(move => Math.Max(move, 0)));
        var loss = Wilder(Moves(candles).Select(move => Math.Max(-move, 0)));
        return 2 * gain / (gain + loss) - 1;
    }

    private static double Bollinger(Candle[] candles)
    {
        var logs = Logs(candles)[^20..];
        var mean = logs.Average();
        return (logs[^1] - mean) / (2 * Math.Sqrt(logs.Average(log => log * log) - mean * mean));
    }

    /// <summary>-1 at the low, +1 at the high, in logarithms.</summary>
    private static double Place(double price, double low, double high) =>
        (Math.Log(price / low) - Math.Log(high / price)) / Math.Log(high / low);

    private static double DayAngle(Candle[] candles) =>
        2 * Math.PI * DateTimeOffset.FromUnixTimeMilliseconds(candles[^1].CloseTimeMs).TimeOfDay.TotalDays;

    private static double Range(Candle[] candles) => Math.Max(Wilder(TrueRanges(candles, Math.Log)), LeastRange);

    private static IEnumerable<double> TrueRanges(Candle[] candles, Func<double, double> scale) =>
        candles.Skip(1).Select((candle, i) => scale(Math.Max(candle.High, candles[i].Close))
            - scale(Math.Min(candle.Low, candles[i].Close)));

    private static double[] Logs(Candle[] candles) => [.. candles.Select(candle => Math.Log(candle.Close))];

    private static double[] Moves(Candle[] candles) =>
        [.. candles.Skip(1).Select((candle, i) => Math.Log(candle.Close / candles[i].Close))];

    private static double[] Macd(Candle[] candles)
    {
        var logs = Logs(candles);
        return [.. logs.Select((_, i) => Ema(logs[..(i + 1)], 12) - Ema(logs[..(i + 1)], 26))];
    }

    /// <summary>The exponential average as a sum: the first value keeps what weight the others leave.</summary>
    private static double Ema(double[] values, int period)
    {
        var weight = 2.0 / (period + 1);
        var sum = values[0] * Math.Pow(1 - weight, values.Length - 1);
        for (var i = 1; i < values.Length; i++) sum += values[i] * weight * Math.Pow(1 - weight, values.Length - 1 - i);
        return sum;
    }

    /// <summary>Wilder's average (14) as a sum: the mean of the first 14, then a fourteenth of each.</summary>
    private static double Wilder(IEnumerable<double> values)
    {
        var all = values.ToArray();
        var sum = all.Take(14).Average() * Math.Pow(13 / 14.0, Math.Max(0, all.Length - 14));
        for (var i = 14; i < all.Length; i++) sum += all[i] / 14 * Math.Pow(13 / 14.0, all.Length - 1 - i);
        return sum;
    }
}
