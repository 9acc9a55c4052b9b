namespace Quantum.Bench;

/// <summary>
/// Several ways to do the same, measured in turn round by round, so that the machine's moods hit all alike.
/// </summary>
internal sealed class Rounds
{
    private readonly List<Rate[]> _rows = [];

    /// <summary>Runs all ways once as warm-up and then <paramref name="rounds"/> times.</summary>
    public static Rounds Run(int rounds, Action before, params Func<Rate>[] ways)
    {
        var result = new Rounds();
        for (var round = -1; round < rounds; round++)
        {
            var row = new Rate[ways.Length];
            for (var i = 0; i < ways.Length; i++)
            {
                before();
                row[i] = ways[i]();
            }

            if (round >= 0) result._rows.Add(row);
        }

        return result;
    }

    /// <summary>The median over the rounds of one way's speed over another's.</summary>
    public double Ratio(int way, int other) => Median.Of(_rows.Select(r => r[way].PerSecond / r[other].PerSecond));

    /// <summary>The median speed of one way, in entries per second.</summary>
    public double PerSecond(int way) => Median.Of(_rows.Select(r => r[way].PerSecond));

    /// <summary>
    /// The median of the most that any client could reach over another way's speed: the server's own time per entry of
    /// <paramref name="way"/> is the limit.
    /// </summary>
    public double Ceiling(int way, int other) => Median.Of(_rows.Select(r => r[way].Ceiling / r[other].PerSecond));

    /// <summary>The median share of one core that the server was busy with one way.</summary>
    public double ServerBusy(int way) => Median.Of(_rows.Select(r => r[way].ServerBusy));

    /// <summary>The median processor time of one way, in microseconds per entry.</summary>
    public double CpuUs(int way) => Median.Of(_rows.Select(r => r[way].CpuUs));
}
