using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Ai.Features;

namespace Quantum.Roles.Tests.Ai;

/// <summary>Made-up candles from a seed: the same ones on every machine.</summary>
internal static class TestCandles
{
    public const long Start = 1_765_000_020_000 / 60_000 * 60_000;

    /// <summary>
    /// A walk in cents. <paramref name="pull"/> makes it predictable: each step leans by that share of the distance
    /// against the last 15 candles' move (above 0: it comes back; 0: it cannot be foretold).
    /// <paramref name="drift"/> is added to each step.
    /// </summary>
    public static Candle[] Walk(int count, ulong seed, long startMs = Start, double pull = 0, int drift = 0)
    {
        var candles = new Candle[count];
        var closes = new int[count];
        var close = 10_000;
        for (var i = 0; i < count; i++)
        {
            var open = close;
            var lean = i < 15 ? 0 : (int)(pull * (closes[i - 15] - close));
            close = Math.Max(1_000, open + Next(ref seed, 201) - 100 + lean + drift);
            closes[i] = close;
            var high = Math.Max(open, close) + Next(ref seed, 50);
            var low = Math.Min(open, close) - Next(ref seed, 50);
            candles[i] = new Candle(
                startMs + i * Candle.LengthMs, open / 100.0, high / 100.0, low / 100.0, close / 100.0,
                10 + Next(ref seed, 1000));
        }

        return candles;
    }

    public static MarketKline Kline(this Candle candle, Symbol symbol, bool gapBefore = false) => new()
    {
        Symbol = symbol, Interval = Candle.Interval, OpenTimeMs = candle.OpenTimeMs, CloseTimeMs = candle.CloseTimeMs,
        Open = (decimal)candle.Open, High = (decimal)candle.High, Low = (decimal)candle.Low,
        Close = (decimal)candle.Close, Volume = (decimal)candle.Volume, GapBefore = gapBefore,
    };

    public static FeatureWindow WindowOf(IEnumerable<Candle> candles)
    {
        var window = new FeatureWindow();
        foreach (var candle in candles) window.Add(in candle);
        return window;
    }

    public static double[] FeaturesOf(FeatureWindow window)
    {
        var features = new double[FeatureSet.Count];
        FeatureSet.Compute(window, features);
        return features;
    }

    private static int Next(ref ulong state, int below)
    {
        state = unchecked(state * 6364136223846793005UL + 1442695040888963407UL);
        return (int)((state >> 33) % (ulong)below);
    }
}
