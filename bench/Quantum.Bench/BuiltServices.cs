namespace Quantum.Bench;

/// <summary>The services beside this benchmark, built alike: a folder of `services` and an assembly each.</summary>
internal static class BuiltServices
{
    /// <summary>Every service and its assembly; throws where one is not built.</summary>
    public static IEnumerable<(string Name, string Assembly)> All()
    {
        // …/bench/Quantum.Bench/bin/<configuration>/<framework>/ and …/services/<name>/bin/… are built alike.
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var root = here.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        var services = Path.Combine(root, "services");
        foreach (var project in Directory.GetFiles(services, "*.csproj", SearchOption.AllDirectories))
        {
            var folder = Path.GetDirectoryName(project)!;
            var assembly = Path.Combine(
                folder, "bin", here.Parent.Name, here.Name, Path.GetFileNameWithoutExtension(project) + ".dll");
            yield return File.Exists(assembly)
                ? (Path.GetFileName(folder), assembly)
                : throw new InvalidOperationException(
                    $"{assembly} is not built: `dotnet build bench/Quantum.Bench -c {here.Parent.Name}`");
        }
    }

    /// <summary>The assembly of one service.</summary>
    public static string AssemblyOf(string name) => All().First(service => service.Name == name).Assembly;
}
