namespace Quantum.Bench;

/// <summary>
/// What one round gave. Processor time tells the same on a loaded machine, where entries per second do not.
/// </summary>
/// <param name="PerSecond">Entries per second.</param>
/// <param name="CpuUs">Processor time of the client's process per entry, in microseconds.</param>
internal readonly record struct Rate(double PerSecond, double CpuUs)
{
    /// <summary>Measures a round of our own.</summary>
    public static Rate Of(int count, Func<double> round)
    {
        var before = Environment.CpuUsage.TotalTime;
        var perSecond = round();
        return new Rate(perSecond, (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / count);
    }
}
