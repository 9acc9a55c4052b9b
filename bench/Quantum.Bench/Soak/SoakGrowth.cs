namespace Quantum.Bench.Soak;

/// <summary>How one process went through a soak.</summary>
/// <param name="Name">Its service, or `redis`.</param>
/// <param name="WarmMb">Memory at the end of the warm-up, MB.</param>
/// <param name="LastMb">At the end, MB.</param>
/// <param name="PeakMb">The most behind the warm-up, MB.</param>
/// <param name="MbPerHour">Growth behind the warm-up, MB a simulated hour; null: too few samples.</param>
/// <param name="WarmHandles">Open handles at the end of the warm-up.</param>
/// <param name="LastHandles">At the end.</param>
/// <param name="HandlesPerHour">Growth behind the warm-up, handles a simulated hour; null: too few samples.</param>
/// <param name="HoldsData">True of Redis, whose memory is the data's and has no bar here.</param>
internal sealed record SoakGrowth(
    string Name, double WarmMb, double LastMb, double PeakMb, double? MbPerHour, int WarmHandles, int LastHandles,
    double? HandlesPerHour, bool HoldsData)
{
    /// <summary>The most that a process may grow, MB a simulated hour.</summary>
    public const double MostMbPerHour = 0.2;

    /// <summary>The most that a process may open without closing, handles a simulated hour.</summary>
    public const double MostHandlesPerHour = 0.1;

    /// <summary>True within the bars; false also where they were not measured.</summary>
    public bool IsMet => HandlesPerHour <= MostHandlesPerHour && (HoldsData || MbPerHour <= MostMbPerHour);

    /// <summary>Every process that was there in all samples; none without samples behind the warm-up.</summary>
    /// <param name="samples">In their order.</param>
    /// <param name="warmUpHours">Before these hours nothing counts.</param>
    /// <param name="dataOf">The process that holds the data.</param>
    public static IReadOnlyList<SoakGrowth> Of(
        IReadOnlyList<SoakSample> samples, double warmUpHours, string dataOf)
    {
        SoakSample[] warm = [.. samples.Where(sample => sample.Hours >= warmUpHours)];
        if (warm.Length == 0) return [];
        return [.. warm[0].Processes.Keys.Select(name =>
        {
            var uses = warm.Select(sample => (sample.Hours, Use: sample.Processes[name])).ToArray();
            return new SoakGrowth(
                name, uses[0].Use.MemoryMb, uses[^1].Use.MemoryMb, uses.Max(use => use.Use.MemoryMb),
                Growth.PerHour(uses.Select(use => (use.Hours, use.Use.MemoryMb)), warmUpHours),
                uses[0].Use.Handles, uses[^1].Use.Handles,
                Growth.PerHour(uses.Select(use => (use.Hours, (double)use.Use.Handles)), warmUpHours),
                name == dataOf);
        })];
    }
}
