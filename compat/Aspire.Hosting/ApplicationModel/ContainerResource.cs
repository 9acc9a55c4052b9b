namespace Aspire.Hosting.ApplicationModel;

/// <summary>A container image.</summary>
public class ContainerResource(string name, string? entrypoint = null) : Resource(name),
    IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport
{
    /// <summary>The command that takes the place of the image's own.</summary>
    public string? Entrypoint { get; set; } = entrypoint;

    /// <summary>Whether the arguments are one shell line.</summary>
    public bool? ShellExecution { get; set; }
}
