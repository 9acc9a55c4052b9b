namespace Quantum.Bench;

/// <summary>`streams`: runs the benchmarks of the event log one after the other and prints their figures.</summary>
internal static class StreamsVerb
{
    private static readonly IStreamBenchmark[] s_all =
    [
        new PublishVsRedisBenchmark(),
        new PublishVsStackExchange(),
        new ReadVsStackExchange(),
        new AllocationPerEvent(),
        new ExactlyOnce(),
        new Doorbell(),
    ];

    public static int Run(string[] options)
    {
        var json = false;
        var quick = false;
        string? only = null;
        for (var i = 0; i < options.Length; i++)
        {
            if (options[i] == "--json") json = true;
            else if (options[i] == "--quick") quick = true;
            else if (options[i] == "--only" && i + 1 < options.Length) only = options[++i];
            else return Program.Usage($"'{options[i]}' is no option of streams");
        }

        var chosen = s_all.Where(b => only is null || b.Name == only).ToList();
        if (chosen.Count == 0)
            return Program.Usage($"'{only}' is no benchmark; there are {string.Join(", ", s_all.Select(b => b.Name))}");
        return Figure.Print(chosen.SelectMany(b => b.Run(quick)), json);
    }
}
