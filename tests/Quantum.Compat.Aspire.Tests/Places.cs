[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Quantum.Compat.Aspire.Tests;

/// <summary>Where the repository and its built programs are.</summary>
internal static class Places
{
    public static string Root { get; } = FindRoot();

    public static string ServiceProject { get; } =
        Path.Combine(Root, "tests/Quantum.Compat.Aspire.Service/Quantum.Compat.Aspire.Service.csproj");

    /// <summary>A built program of the same configuration as this test.</summary>
    public static string Built(string projectFolder)
    {
        var output = Path.GetRelativePath(
            Path.Combine(Root, "tests/Quantum.Compat.Aspire.Tests"), AppContext.BaseDirectory);
        var file = Path.Combine(Root, projectFolder, output, $"{Path.GetFileName(projectFolder)}.dll");
        return File.Exists(file) ? file : throw new FileNotFoundException($"{file} is not built");
    }

    public static string NewFolder() => Directory.CreateTempSubdirectory("quantum-aspire-").FullName;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Quantum.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("no Quantum.sln above the test");
        }

        return folder.FullName;
    }
}
