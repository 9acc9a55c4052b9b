using Quantum.Roles.Ai.Features;

namespace Quantum.Roles.Ai.Plans;

/// <summary>
/// What the trade of a plan would have made before costs, entered at a candle's close: -1 R at the stop, +1 R at the
/// target, what the close of the last candle gives at the time stop. A candle that touches both is taken for a loss,
/// for either side: its path is not known.
/// </summary>
/// <param name="LongR">Of a long, R, -1 to 1.</param>
/// <param name="ShortR">Of a short, R, -1 to 1.</param>
/// <param name="Candles">Candles until the first of the two ended, from 1.</param>
internal readonly record struct BarrierOutcome(double LongR, double ShortR, int Candles)
{
    /// <summary>True when one side gained what the other lost: the outcome has a direction.</summary>
    public bool HasWinner => LongR > 0 != ShortR > 0;

    /// <summary>True when the long side won.</summary>
    public bool Rose => LongR > 0;

    /// <param name="candles">One symbol's, in order of time.</param>
    /// <param name="entry">Where the entry's candle is.</param>
    /// <param name="plan">Stop, target and time.</param>
    /// <returns>Null when the candles end, or a gap comes, before the plan has ended.</returns>
    public static BarrierOutcome? Of(ReadOnlySpan<Candle> candles, int entry, EntryPlan plan)
    {
        ref readonly var start = ref candles[entry];
        var distance = plan.StopFraction * start.Close;
        for (var held = 1; held <= plan.HoldCandles; held++)
        {
            if (entry + held >= candles.Length) return null;
            ref readonly var candle = ref candles[entry + held];
            if (candle.OpenTimeMs != start.OpenTimeMs + held * start.SpanMs) return null;
            var isUp = candle.High >= start.Close + distance;
            var isDown = candle.Low <= start.Close - distance;
            if (isUp && isDown) return new BarrierOutcome(-1, -1, held);
            if (isUp) return new BarrierOutcome(EntryPlanSettings.TargetR, -1, held);
            if (isDown) return new BarrierOutcome(-1, EntryPlanSettings.TargetR, held);
            if (held < plan.HoldCandles) continue;
            var gain = (candle.Close - start.Close) / distance;
            return new BarrierOutcome(gain, -gain, held);
        }

        return null;
    }
}
