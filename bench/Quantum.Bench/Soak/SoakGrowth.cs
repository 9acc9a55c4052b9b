namespace Quantum.Bench.Soak;

/// <summary>How one process went through a soak.</summary>
/// <param name="Name">Its service, or `redis`.</param>
/// <param name="WarmMb">Memory at the end of the warm-up, MB.</param>
/// <param name="LastMb">At the end, MB.</param>
/// <param name="PeakMb">The most behind the warm-up, MB.</param>
/// <param name="MbPerHour">Growth behind the warm-up, MB a simulated hour; null: too few samples.</param>
/// <param name="WarmHandles">Open handles at the end of the warm-up.</param>
/// <param name="LastHandles">At the end.</param>
internal sealed record SoakGrowth(
    string Name, double WarmMb, double LastMb, double PeakMb, double? MbPerHour, int WarmHandles, int LastHandles)
{
    /// <summary>The most that a process may grow, MB a simulated hour.</summary>
    public const double MostMbPerHour = 0.2;

    /// <summary>True within the bar; false also where it was not measured.</summary>
    public bool IsMet => MbPerHour <= MostMbPerHour;

    /// <summary>Every process that was there in all samples; none without samples behind the warm-up.</summary>
    public static IReadOnlyList<SoakGrowth> Of(IReadOnlyList<SoakSample> samples, double warmUpHours)
    {
        SoakSample[] warm = [.. samples.Where(sample => sample.Hours >= warmUpHours)];
        if (warm.Length == 0) return [];
        return [.. warm[0].Processes.Keys.Select(name =>
        {
            var uses = warm.Select(sample => (sample.Hours, Use: sample.Processes[name])).ToArray();
            return new SoakGrowth(
                name, uses[0].Use.MemoryMb, uses[^1].Use.MemoryMb, uses.Max(use => use.Use.MemoryMb),
                Growth.PerHour(uses.Select(use => (use.Hours, use.Use.MemoryMb)), warmUpHours),
                uses[0].Use.Handles, uses[^1].Use.Handles);
        })];
    }
}
