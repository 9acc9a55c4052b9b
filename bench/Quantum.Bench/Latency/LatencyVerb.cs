namespace Quantum.Bench.Latency;

/// <summary>`latency`: how long from a tick to the order it leads to, through the services' own processes.</summary>
internal static class LatencyVerb
{
    public static int Run(string[] options)
    {
        if (GivenOptions.Fault("latency", options, out var isJson, out var isQuick) is { } fault)
            return Program.Usage(fault);
        if (!isJson) Console.WriteLine(LatencyBenchmark.About);
        return Figure.Print(new LatencyBenchmark().Run(isQuick), isJson);
    }
}
