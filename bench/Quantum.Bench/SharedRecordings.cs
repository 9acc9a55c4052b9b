namespace Quantum.Bench;

/// <summary>Recordings that stand beside the project where they are there.</summary>
internal static class SharedRecordings
{
    /// <summary>A folder of <c>../shared/data</c>; null when it is not there.</summary>
    public static string? Folder(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "shared", "data", name);
            if (Directory.Exists(data)) return data;
        }

        return null;
    }
}
