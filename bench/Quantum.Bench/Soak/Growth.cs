namespace Quantum.Bench.Soak;

/// <summary>How something grows with the time that is played.</summary>
internal static class Growth
{
    private const int Fewest = 3;

    /// <summary>
    /// The median of the slopes between all pairs of samples (Theil 1950, Sen 1968): what a collector frees now and
    /// then, and a single peak, do not tilt it. Null with fewer than three samples at different hours.
    /// </summary>
    /// <param name="samples">Simulated hours, and what was measured then.</param>
    /// <param name="fromHours">Samples before are warm-up and left out, hours.</param>
    /// <returns>In the unit of the samples, an hour.</returns>
    public static double? PerHour(IEnumerable<(double Hours, double Value)> samples, double fromHours)
    {
        (double Hours, double Value)[] kept = [.. samples.Where(sample => sample.Hours >= fromHours)];
        if (kept.Select(sample => sample.Hours).Distinct().Count() < Fewest) return null;
        var slopes = new List<double>();
        for (var i = 0; i < kept.Length; i++)
            for (var j = i + 1; j < kept.Length; j++)
                if (kept[j].Hours != kept[i].Hours)
                    slopes.Add((kept[j].Value - kept[i].Value) / (kept[j].Hours - kept[i].Hours));
        slopes.Sort();
        var middle = slopes.Count / 2;
        return slopes.Count % 2 == 1 ? slopes[middle] : (slopes[middle - 1] + slopes[middle]) / 2;
    }
}
