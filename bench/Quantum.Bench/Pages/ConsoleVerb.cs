namespace Quantum.Bench.Pages;

/// <summary>`console`: what the console costs in a browser and on its server while the system runs.</summary>
internal static class ConsoleVerb
{
    public const string Usage = "[--json] [--quick]";

    public static int Run(string[] options)
    {
        if (options.FirstOrDefault(option => option is not ("--json" or "--quick")) is { } unknown)
            return Program.Usage($"'{unknown}' is no option of console");
        var isJson = options.Contains("--json");
        if (!isJson) Console.WriteLine(ConsoleBenchmark.About);
        new ConsoleBenchmark(figure => Figure.Print([figure], isJson)).Run(options.Contains("--quick"));
        return 0;
    }
}
