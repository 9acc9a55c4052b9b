namespace Quantum.Roles.Ai.Model;

/// <summary>
/// How many of a set's outcomes tell something of their own (Lopez de Prado 2018, ch. 4: labels that overlap share
/// their outcome). Neighbouring labels of one symbol share all candles but one, so one horizon's time counts once; the
/// n symbols of one moment count as n / (1 + (n - 1) rho), with rho the mean correlation of their results.
/// </summary>
internal static class Independence
{
    /// <param name="samples">In order of time, at least one.</param>
    /// <param name="horizonMs">How far a label looks ahead at most, ms.</param>
    public static double Count(IReadOnlyList<Sample> samples, long horizonMs)
    {
        double crossed = 0, squared = 0, horizons = 0, symbols = 0;
        var moments = 0;
        var countedUntilMs = long.MinValue;
        for (var from = 0; from < samples.Count;)
        {
            double sum = 0, squares = 0;
            var to = from;
            for (; to < samples.Count && samples[to].AtMs == samples[from].AtMs; to++)
            {
                sum += samples[to].LongR;
                squares += samples[to].LongR * samples[to].LongR;
            }

            var count = to - from;
            crossed += sum * sum - squares;
            squared += squares * (count - 1);
            symbols += count;
            moments++;
            // What of this label's horizon no label before it has seen.
            var newMs = Math.Min(horizonMs, samples[from].AtMs + horizonMs - countedUntilMs);
            horizons += (countedUntilMs == long.MinValue ? horizonMs : newMs) / (double)horizonMs;
            countedUntilMs = samples[from].AtMs + horizonMs;
            from = to;
        }

        var perMoment = symbols / moments;
        var rho = squared > 0 ? Math.Clamp(crossed / squared, 0, 1) : 0;
        return Math.Max(1, horizons * perMoment / (1 + (perMoment - 1) * rho));
    }
}
