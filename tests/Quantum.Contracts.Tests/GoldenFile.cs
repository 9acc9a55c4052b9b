namespace Quantum.Contracts.Tests;

/// <summary>A committed text that a test compares; <c>QUANTUM_UPDATE_GOLDEN=1</c> writes it anew.</summary>
public static class GoldenFile
{
    public static string Root { get; } = FindRoot();

    public static void Compare(string pathFromRoot, string now)
    {
        var path = Path.Combine(Root, pathFromRoot);
        if (Environment.GetEnvironmentVariable("QUANTUM_UPDATE_GOLDEN") == "1") File.WriteAllText(path, now);
        Check(path, pathFromRoot, now);
    }

    /// <summary>The comparison alone.</summary>
    public static void Check(string path, string pathFromRoot, string now)
    {
        Assert.True(File.Exists(path), $"{pathFromRoot} is missing: run the tests with QUANTUM_UPDATE_GOLDEN=1.");
        Assert.True(
            File.ReadAllText(path) == now,
            $"{pathFromRoot} differs; if that is meant, run the tests with QUANTUM_UPDATE_GOLDEN=1. Now:\n{now}");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Quantum.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("Quantum.sln is in no folder above the tests.");
    }
}
