namespace Quantum.Feeds.Tests;

/// <summary>Recorded data and reported cases that lie beside the repository, where there are any.</summary>
internal static class SharedFiles
{
    /// <summary>The folder or file, or null.</summary>
    public static string? Find(params string[] names)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine([folder.FullName, "shared", .. names]);
            if (Path.Exists(path)) return path;
        }

        return null;
    }
}
