namespace Quantum.Cli.Looking;

/// <summary>The dashboard of the system that runs from this tree.</summary>
internal static class RunningDashboard
{
    /// <summary>What <c>./quantum up</c> of this tree wrote for as long as it runs; null when it does not.</summary>
    public static Uri? Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var file = Path.Combine(folder, RunFiles.Folder, RunFiles.Dashboard);
            if (File.Exists(file)) return Uri.TryCreate(File.ReadAllText(file).Trim(), UriKind.Absolute, out var url)
                ? url
                : throw new CliException($"{file} holds no address: start the system again.");
        }

        return null;
    }
}
