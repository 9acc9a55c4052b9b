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
        var (json, quick, chosen) = (false, false, s_all);
        var fault = GivenOptions.Fault(
            "streams", options,
            name => (json, quick) = (json || name == "--json", quick || name == "--quick"),
            (name, value) => name == "--only" && (chosen = [.. s_all.Where(one => one.Name == value)]).Length > 0);
        return fault is not null
            ? Program.Usage(fault)
            : Figure.Print(chosen.SelectMany(one => one.Run(quick)), json);
    }
}
