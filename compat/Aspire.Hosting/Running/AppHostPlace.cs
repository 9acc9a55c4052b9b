using System.Reflection;

namespace Aspire.Hosting.Running;

/// <summary>Where the AppHost's project is and what its build knew.</summary>
internal sealed record AppHostPlace(string Directory, Assembly? Assembly)
{
    /// <summary>Where volumes of local servers live: a folder that version control ignores.</summary>
    public string VolumesDirectory =>
        Metadata(Assembly, "volumesdirectory") ?? Path.Combine(Directory, "obj", "volumes");

    public static string? Metadata(Assembly? assembly, string key) => assembly?
        .GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => a.Key == key)?.Value;

    /// <summary>The assembly that a project builds.</summary>
    public string ProjectAssembly(string projectPath)
    {
        var known = Metadata(Assembly, $"resourceassembly:{projectPath}");
        if (known is not null && File.Exists(known))
        {
            return known;
        }

        var name = Path.GetFileNameWithoutExtension(projectPath) + ".dll";
        var bin = Path.Combine(Path.GetDirectoryName(projectPath)!, "bin");
        var built = System.IO.Directory.Exists(bin)
            ? System.IO.Directory.EnumerateFiles(bin, name, SearchOption.AllDirectories)
                .Where(file => File.Exists(Path.ChangeExtension(file, ".runtimeconfig.json")))
                    .MaxBy(File.GetLastWriteTimeUtc)
            : null;
        return built ?? throw new DistributedApplicationException(
            $"'{projectPath}' is not built: there is no {name} under {bin}. Run 'dotnet build' on it first.");
    }
}
