namespace Quantum.EndToEnd.Tests.Harness;

/// <summary>Where the programs under test were built: beside this project, in the same configuration.</summary>
internal static class BuiltProgram
{
    /// <summary>The services a run needs, in the order they are killed in.</summary>
    public static readonly IReadOnlyDictionary<string, string> Services =
        new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["ai"] = "Quantum.Ai",
        ["executor"] = "Quantum.Executor",
        ["exitbrain"] = "Quantum.ExitBrain",
        ["governance"] = "Quantum.Governance",
        ["learning"] = "Quantum.Learning",
        ["market"] = "Quantum.Market",
        ["portfolio"] = "Quantum.Portfolio",
        ["sizing"] = "Quantum.Sizing",
        ["trading-bot"] = "Quantum.TradingBot",
    };

    // …/tests/Quantum.EndToEnd.Tests/bin/<configuration>/<framework>
    private static readonly DirectoryInfo s_output = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    public static string Root => s_output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    public static string AppHost => In("Quantum.AppHost", "Quantum.AppHost");

    public static string Service(string name) => In(Path.Combine("services", name), Services[name]);

    private static string In(string folder, string assembly)
    {
        var file = Path.Combine(
            Root, folder, "bin", s_output.Parent!.Name, s_output.Name, assembly + ".dll");
        return File.Exists(file) ? file
            : throw new FileNotFoundException($"{file} is not built: build this test project.");
    }
}
