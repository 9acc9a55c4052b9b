namespace Quantum.AppHost;

/// <summary>
/// Where things lie, told from where the AppHost lies: a folder that was copied or renamed runs its own services and
/// keeps its own data.
/// </summary>
internal static class Places
{
    /// <summary>The program that runs assemblies: the one that runs this.</summary>
    public static string Host { get; } =
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    /// <summary>The checkout: the folder above the AppHost's.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../.."));

    /// <summary>What was built of a service, in the configuration of the AppHost's own build.</summary>
    public static string AssemblyOf<TProject>(IDistributedApplicationBuilder builder)
        where TProject : IProjectMetadata, new()
    {
        // What the build wrote is where the project lay then; only its place beside the AppHost still counts.
        var project = Path.GetRelativePath(Path.GetDirectoryName(builder.AppHostDirectory)!, new TProject().ProjectPath);
        var output = Path.GetRelativePath(Path.Combine(Root, "Quantum.AppHost"), AppContext.BaseDirectory);
        var assembly = Path.Combine(
            Root, Path.GetDirectoryName(project)!, output, Path.GetFileNameWithoutExtension(project) + ".dll");
        return File.Exists(assembly)
            ? assembly
            : throw new DistributedApplicationException(
                $"'{assembly}' is not there: build first, with ./quantum setup or dotnet build Quantum.sln.");
    }
}
