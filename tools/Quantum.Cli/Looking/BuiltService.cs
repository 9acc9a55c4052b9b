namespace Quantum.Cli.Looking;

/// <summary>Where the programs of the services lie, from the build that this program is of.</summary>
internal static class BuiltService
{
    private const int OutputDepth = 3;

    /// <summary>The program that runs them.</summary>
    public static string Host =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    /// <summary>A service's assembly.</summary>
    /// <param name="folder">Its folder below <c>services</c>.</param>
    /// <param name="name">Its file's name.</param>
    public static string PathOf(string folder, string name)
    {
        var output = Path.Combine(
            AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar)
                [^OutputDepth..]);
        // Not of the folder that a variable names: what runs is of the tree that this program lies in.
        var root = Path.GetDirectoryName(RunFolder.Of(AppContext.BaseDirectory).Path) ?? "";
        var assembly = Path.Combine(root, "services", folder, output, name);
        return File.Exists(assembly)
            ? assembly
            : throw new CliException(
                $"'{assembly}' is not there: build first, with ./quantum setup or dotnet build Quantum.sln.");
    }
}
