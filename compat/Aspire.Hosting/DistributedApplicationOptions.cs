namespace Aspire.Hosting;

/// <summary>How the AppHost itself is set up.</summary>
public sealed class DistributedApplicationOptions
{
    /// <summary>The command line.</summary>
#pragma warning disable CA1819 // An array in the real package.
    public string[]? Args { get; set; }
#pragma warning restore CA1819

    /// <summary>The name of the AppHost's assembly; null means the one that was started.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>The folder of the AppHost's project; null means as it was built.</summary>
    public string? ProjectDirectory { get; set; }

    /// <summary>Whether to do without the dashboard; the stand-in has none.</summary>
    public bool DisableDashboard { get; set; }
}
