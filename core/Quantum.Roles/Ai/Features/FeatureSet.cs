using System.Security.Cryptography;
using static Quantum.Roles.Ai.Features.FeatureParity;

namespace Quantum.Roles.Ai.Features;

/// <summary>
/// The features of the first model, in order, each scale-free: prices enter as logarithms, moves are measured in the
/// average range of a candle. Notation: c, h, l, o, v of the newest candle; c[n] the close n candles before; A the
/// log average true range (<see cref="FeatureWindow.LogAtr"/>, at least 1e-6).
/// </summary>
internal static class FeatureSet
{
    /// <summary>Smallest range of a candle that counts, fraction: below it a market stands still.</summary>
    internal const double LeastRange = 1e-6;

    public static IReadOnlyList<Feature> All { get; } =
    [
        new("ret_1", 1, Odd, static w => Return(w, 1)),
        new("ret_5", 1, Odd, static w => Return(w, 5)),
        new("ret_15", 1, Odd, static w => Return(w, 15)),
        new("ret_60", 1, Odd, static w => Return(w, 60)),
        new("rsi_14", 1, Odd, Rsi),
        new("macd", 1, Odd, static w => (w.FastEma - w.SlowEma) / Range(w)),
        new("macd_histogram", 1, Odd, static w => (w.FastEma - w.SlowEma - w.MacdSignal) / Range(w)),
        new("trend_distance_30", 1, Odd, static w => (Log(w, 0) - w.TrendEma) / Range(w)),
        new("bollinger_20", 1, Odd, Bollinger),
        new("range_position_30", 1, Odd, RangePosition),
        new("efficiency_15", 1, Odd, Efficiency),
        new("body", 1, Odd, Body),
        new("money_flow_20", 1, Odd, MoneyFlow),
        new("atr_log", 1, Even, static w => Math.Log(Range(w))),
        new("volatility_ratio", 1, Even, VolatilityRatio),
        new("volume_ratio", 1, Even, VolumeRatio),
        new("day_sin", 1, Even, static w => Math.Sin(DayAngle(w))),
        new("day_cos", 1, Even, static w => Math.Cos(DayAngle(w))),
    ];

    private static readonly Func<FeatureWindow, double>[] s_formulas = [.. All.Select(feature => feature.Formula)];

    public static int Count => All.Count;

    /// <summary>
    /// The places of the features that tell a direction, in order: the model looks at no other (decision 15), and only
    /// they are reckoned while it trains and decides.
    /// </summary>
    public static IReadOnlyList<int> Directional { get; } =
        [.. Enumerable.Range(0, All.Count).Where(place => All[place].Parity == FeatureParity.Odd)];

    private static readonly Func<FeatureWindow, double>[] s_directional =
        [.. Directional.Select(place => s_formulas[place])];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(feature => feature.Name)];

    /// <summary>Hash of the ordered names and versions, 16 hex digits: model and features agree on it.</summary>
    public static string Hash { get; } = HashOf(All);

    /// <summary>The hash of any ordered list of features.</summary>
    public static string HashOf(IEnumerable<Feature> features)
    {
        var text = string.Join(',', features.Select(f =>
            string.Create(CultureInfo.InvariantCulture, $"{f.Name}:{f.Version}")));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
    }

    /// <summary>Writes every feature of a window that is ready, in order.</summary>
    public static void Compute(FeatureWindow window, Span<double> target) => Compute(window, s_formulas, target);

    /// <summary>Writes those of <see cref="Directional"/>, in that order, of a window that is ready.</summary>
    public static void ComputeDirectional(FeatureWindow window, Span<double> target) =>
        Compute(window, s_directional, target);

    private static void Compute(FeatureWindow window, Func<FeatureWindow, double>[] formulas, Span<double> target)
    {
        if (!window.IsReady())
            throw new InvalidOperationException(
                $"{window.Candles} candles since the last gap, features need {FeatureWindow.WarmUpCandles}.");
        for (var i = 0; i < formulas.Length; i++) target[i] = formulas[i](window);
    }

    /// <summary>ln(c / c[n]) / (A * sqrt n): a return in ranges, scaled by the square root of time.</summary>
    private static double Return(FeatureWindow w, int candles) =>
        (Log(w, 0) - Log(w, candles)) / (Range(w) * Math.Sqrt(candles));

    /// <summary>
    /// (RSI - 50) / 50 = (gain - loss) / (gain + loss), Wilder (1978), of log closes; 0 without moves.
    /// </summary>
    private static double Rsi(FeatureWindow w) =>
        w.Gain + w.Loss > 0 ? (w.Gain - w.Loss) / (w.Gain + w.Loss) : 0;

    /// <summary>(ln c - mean) / (2 * sd) of 20 log closes, Bollinger (1980s): +1 at the upper band.</summary>
    private static double Bollinger(FeatureWindow w)
    {
        var mean = 0.0;
        for (var i = 0; i < 20; i++) mean += Log(w, i) / 20;
        var square = 0.0;
        for (var i = 0; i < 20; i++) square += (Log(w, i) - mean) * (Log(w, i) - mean) / 20;
        var deviation = Math.Max(Math.Sqrt(square), LeastRange);
        return (Log(w, 0) - mean) / (2 * deviation);
    }

    /// <summary>
    /// 2 * ln(c / lowest) / ln(highest / lowest) - 1 of 30 candles (Lane's %K in logs); 0 without range.
    /// </summary>
    private static double RangePosition(FeatureWindow w)
    {
        var low = Math.Log(w.Lows.Min());
        var range = Math.Log(w.Highs.Max()) - low;
        return range < LeastRange ? 0 : 2 * (Log(w, 0) - low) / range - 1;
    }

    /// <summary>ln(c / c[15]) over the sum of |ln(c[i] / c[i+1])|: Kaufman's efficiency ratio (1995), signed.</summary>
    private static double Efficiency(FeatureWindow w)
    {
        var path = 0.0;
        for (var i = 0; i < 15; i++) path += w.LogMove(i);
        return path < LeastRange ? 0 : (Log(w, 0) - Log(w, 15)) / path;
    }

    /// <summary>ln(c / o) / ln(h / l): which share of the newest candle's range is body, signed.</summary>
    private static double Body(FeatureWindow w)
    {
        var range = Math.Log(w.Highs[^1] / w.Lows[^1]);
        return range < LeastRange ? 0 : Math.Log(w.Closes[^1] / w.LastOpen) / range;
    }

    /// <summary>
    /// Sum of v * (2 ln(c / l) / ln(h / l) - 1) over the sum of v, 20 candles: Chaikin's money flow in logs; 0 without
    /// volume.
    /// </summary>
    private static double MoneyFlow(FeatureWindow w)
    {
        double flow = 0, volume = 0;
        for (var i = 1; i <= FeatureWindow.VolumeCount; i++)
        {
            if (w.Flow(i - 1) is { } own) flow += w.Volumes[^i] * own;
            volume += w.Volumes[^i];
        }

        return volume > 0 ? flow / volume : 0;
    }

    /// <summary>
    /// ln of (mean |return| of 15 candles / mean |return| of 60): is the market waking up? Within +-3.
    /// </summary>
    private static double VolatilityRatio(FeatureWindow w)
    {
        double near = 0, far = 0;
        for (var i = 0; i < 60; i++)
        {
            var move = w.LogMove(i);
            far += move / 60;
            if (i < 15) near += move / 15;
        }

        return Math.Clamp(Math.Log(Math.Max(near, LeastRange) / Math.Max(far, LeastRange)), -3, 3);
    }

    /// <summary>ln(1 + v / mean v of 20 candles) - ln 2: 0 at the usual volume; 0 when nothing was traded.</summary>
    private static double VolumeRatio(FeatureWindow w)
    {
        var mean = w.Volumes.Average();
        return mean > 0 ? Math.Log(1 + w.Volumes[^1] / mean) - Math.Log(2) : 0;
    }

    /// <summary>2 pi * the share of the UTC day that is over at the candle's end.</summary>
    private static double DayAngle(FeatureWindow w)
    {
        const long DayMs = 86_400_000;
        return 2 * Math.PI * ((w.LastOpenTimeMs + w.SpanMs) % DayMs) / DayMs;
    }

    private static double Log(FeatureWindow w, int back) => w.LogClose(back);

    private static double Range(FeatureWindow w) => Math.Max(w.LogAtr, LeastRange);
}
