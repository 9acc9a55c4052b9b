namespace Quantum.Bench.Latency;

/// <summary>`latency`: how long from a tick to the order it leads to, through the services' own processes.</summary>
internal static class LatencyVerb
{
    public static int Run(string[] options)
    {
        if (options.FirstOrDefault(option => option is not ("--json" or "--quick")) is { } unknown)
            return Program.Usage($"'{unknown}' is no option of latency");
        var isJson = options.Contains("--json");
        if (!isJson) Console.WriteLine(LatencyBenchmark.About);
        return Figure.Print(new LatencyBenchmark().Run(options.Contains("--quick")), isJson);
    }
}
