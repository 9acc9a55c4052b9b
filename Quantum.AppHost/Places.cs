using System.Reflection;

namespace Quantum.AppHost;

/// <summary>
/// Where things lie, told from where the AppHost lies: a folder that was copied or renamed runs its own services and
/// keeps its own data.
/// </summary>
internal static class Places
{
    private const string BuiltPlace = "apphostprojectpath";
    private const int OutputDepth = 3;

    // Before what is found by it: initializers run from top to bottom.
    private static string BuiltHere { get; } = typeof(Places).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().First(fact => fact.Key == BuiltPlace).Value!;

    /// <summary>The program that runs assemblies: the one that runs this.</summary>
    public static string Host { get; } =
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    /// <summary>Where a build lies below its project, such as <c>bin/Release/net10.0</c>.</summary>
    private static string Output { get; } = Path.Combine(
        AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar)
            [^OutputDepth..]);

    /// <summary>The checkout.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The project of a service: the one in its folder.</summary>
    public static string ProjectOf(string service)
    {
        var folder = Path.Combine(Root, "services", service);
        return Directory.Exists(folder) && Directory.GetFiles(folder, "*.csproj") is [var project]
            ? project
            : throw new DistributedApplicationException(
                $"the catalog's service '{service}' needs one project in '{folder}': add it, or mend RoleNames.cs.");
    }

    /// <summary>The command line's assembly.</summary>
    public static string CommandLine => AssemblyOf(Path.Combine(Root, "tools/Quantum.Cli/quantum.csproj"));

    /// <summary>What was built of a project, in the configuration of the AppHost's own build.</summary>
    public static string AssemblyOf(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project) + ".dll";
        var assembly = Path.Combine(Path.GetDirectoryName(project)!, Output, name);
        return File.Exists(assembly)
            ? assembly
            : throw new DistributedApplicationException(
                $"'{assembly}' is not there: build first, with ./quantum setup or dotnet build Quantum.sln.");
    }

    // A test's host carries the AppHost in its own folder; then the place of its build is what is left.
    private static string FindRoot()
    {
        var project = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../.."));
        return Path.GetDirectoryName(
            Path.GetFileName(project) == typeof(Places).Assembly.GetName().Name ? project : BuiltHere)!;
    }
}
