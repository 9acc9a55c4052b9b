using System.Diagnostics;

namespace Quantum.Bench;

/// <summary>
/// What some work takes: on a machine that others load, the processor's time says more than the clock on the wall.
/// </summary>
internal sealed class WorkClock
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly TimeSpan _processor = Spent();

    private WorkClock()
    {
    }

    /// <summary>On the wall since the start, s.</summary>
    public double Seconds => _clock.Elapsed.TotalSeconds;

    /// <summary>Of this process since the start, all its threads together, s.</summary>
    public double ProcessorSeconds => (Spent() - _processor).TotalSeconds;

    public static WorkClock Start() => new();

    private static TimeSpan Spent()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }
}
