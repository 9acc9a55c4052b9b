namespace Quantum.Roles.Ai.Plans;

/// <summary>
/// The exit plan of an entry as label, signal, intent and ExitBrain know it: a triple barrier (Lopez de Prado 2018,
/// ch. 3) of a stop, a target as far away on the other side, and a time stop. It is the same for both sides and for
/// every regime, so that a market without direction gives it even odds whatever its weather, and a model that finds
/// better ones has found a direction.
/// </summary>
/// <param name="StopFraction">Distance of the stop, fraction of price: 1 R; above 0.</param>
/// <param name="HoldCandles">Candles until the time stop, from 1.</param>
internal readonly record struct EntryPlan(double StopFraction, int HoldCandles)
{
    /// <summary>stop = StopInRanges * ATR * sqrt(candles held), within its limits.</summary>
    /// <param name="atrFraction">Average true range of a candle, fraction of price, 0 or more.</param>
    /// <param name="candleMs">Length of a candle, ms.</param>
    /// <param name="settings">Distances and time.</param>
    public static EntryPlan Of(double atrFraction, long candleMs, EntryPlanSettings settings)
    {
        var hold = (int)Math.Clamp(settings.HoldMs / candleMs, 1, 100_000);
        var stop = settings.StopInRanges * atrFraction * Math.Sqrt(hold);
        return new EntryPlan(Math.Clamp(stop, settings.LeastStopFraction, settings.MostStopFraction), hold);
    }
}
