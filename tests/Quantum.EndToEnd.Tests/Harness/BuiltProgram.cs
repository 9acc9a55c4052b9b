using Quantum.Contracts.Catalog;

namespace Quantum.EndToEnd.Tests.Harness;

/// <summary>Where the programs under test were built: beside this project, in the same configuration.</summary>
internal static class BuiltProgram
{
    // …/tests/Quantum.EndToEnd.Tests/bin/<configuration>/<framework>
    private static readonly DirectoryInfo s_output = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    /// <summary>The services of roles by their assembly, in the order they are killed in.</summary>
    public static IReadOnlyDictionary<string, string> Services { get; } = new SortedDictionary<string, string>(
        ServiceHosts.All.Where(host => host.Roles.Count > 0).ToDictionary(host => host.Name, AssemblyOf),
        StringComparer.Ordinal);

    public static string Root => s_output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    public static string AppHost => In("Quantum.AppHost", "Quantum.AppHost");

    public static string Bench => In(Path.Combine("bench", "Quantum.Bench"), "Quantum.Bench");

    public static string Service(string name) => In(Path.Combine("services", name), Services[name]);

    private static string AssemblyOf(ServiceHost host) => Path.GetFileNameWithoutExtension(
        Directory.GetFiles(Path.Combine(Root, "services", host.Name), "*.csproj").Single());

    private static string In(string folder, string assembly)
    {
        var file = Path.Combine(
            Root, folder, "bin", s_output.Parent!.Name, s_output.Name, assembly + ".dll");
        return File.Exists(file) ? file
            : throw new FileNotFoundException($"{file} is not built: build this test project.");
    }
}
