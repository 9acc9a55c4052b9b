namespace Aspire.Hosting;

/// <summary>How much of a project's own settings the AppHost uses.</summary>
public class ProjectResourceOptions
{
    /// <summary>The launch profile; null means the first.</summary>
    public string? LaunchProfileName { get; set; }

    /// <summary>Whether to ignore the launch profiles.</summary>
    public bool ExcludeLaunchProfile { get; set; }

    /// <summary>Whether to ignore the endpoints in the project's own settings.</summary>
    public bool ExcludeKestrelEndpoints { get; set; }
}
