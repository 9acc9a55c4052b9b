namespace Quantum.Bench.Pages;

/// <summary>`console`: what the console costs in a browser and on its server while the system runs.</summary>
internal static class ConsoleVerb
{
    public static int Run(string[] options)
    {
        if (GivenOptions.Fault("console", options, out var isJson, out var isQuick) is { } fault)
            return Program.Usage(fault);
        if (!isJson) Console.WriteLine(ConsoleBenchmark.About);
        new ConsoleBenchmark(figure => Figure.Print([figure], isJson)).Run(isQuick);
        return 0;
    }
}
