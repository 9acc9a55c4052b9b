using System.Diagnostics;

namespace Quantum.Bench;

/// <summary>
/// What one round gave. Processor time tells the same on a loaded machine, where entries per second do not.
/// </summary>
/// <param name="PerSecond">Entries per second.</param>
/// <param name="CpuUs">Processor time of the client's process per entry, in microseconds.</param>
/// <param name="ServerUs">The same of the server's process; NaN when it was not asked.</param>
internal readonly record struct Rate(double PerSecond, double CpuUs, double ServerUs = double.NaN)
{
    /// <summary>The server's share of one core: Redis runs commands on one thread, so 1 is all.</summary>
    public double ServerBusy => PerSecond * ServerUs / 1e6;

    /// <summary>Entries per second that the server's own time allows any client.</summary>
    public double Ceiling => 1e6 / ServerUs;

    /// <summary>Measures a round of our own.</summary>
    public static Rate Of(int count, Func<double> round)
    {
        var before = Environment.CpuUsage.TotalTime;
        var perSecond = round();
        return new Rate(perSecond, (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / count);
    }

    /// <summary>Measures a round and what it costs the server's process <paramref name="serverId"/>.</summary>
    public static Rate WithServer(int serverId, int count, Func<Rate> round)
    {
        using var server = Process.GetProcessById(serverId);
        var before = server.TotalProcessorTime;
        var rate = round();
        server.Refresh();
        return rate with { ServerUs = (server.TotalProcessorTime - before).TotalMicroseconds / count };
    }
}
