namespace Quantum.Bench;

/// <summary>The services beside this benchmark, built alike: a folder of `services` and an assembly each.</summary>
internal static class BuiltServices
{
    // …/bench/Quantum.Bench/bin/<configuration>/<framework>/ and …/services/<name>/bin/… are built alike.
    private static readonly DirectoryInfo s_here = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    /// <summary>The folder of the whole tree.</summary>
    public static string Root => s_here.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    /// <summary>Every service and its assembly; throws where one is not built.</summary>
    public static IEnumerable<(string Name, string Assembly)> All()
    {
        var services = Path.Combine(Root, "services");
        foreach (var project in Directory.GetFiles(services, "*.csproj", SearchOption.AllDirectories))
        {
            var folder = Path.GetDirectoryName(project)!;
            var assembly = Path.Combine(
                folder, "bin", s_here.Parent!.Name, s_here.Name, Path.GetFileNameWithoutExtension(project) + ".dll");
            yield return File.Exists(assembly)
                ? (Path.GetFileName(folder), assembly)
                : throw new InvalidOperationException(
                    $"{assembly} is not built: `dotnet build bench/Quantum.Bench -c {s_here.Parent.Name}`");
        }
    }

    /// <summary>The assembly of the command line; throws where it is not built.</summary>
    public static string CommandLine
    {
        get
        {
            var program = Path.Combine(
                Root, "tools", "Quantum.Cli", "bin", s_here.Parent!.Name, s_here.Name, "quantum.dll");
            return File.Exists(program)
                ? program
                : throw new InvalidOperationException(
                    $"the command line is not built: `dotnet build tools/Quantum.Cli -c {s_here.Parent.Name}`");
        }
    }

    /// <summary>The assembly of one service.</summary>
    public static string AssemblyOf(string name) => All().First(service => service.Name == name).Assembly;
}
