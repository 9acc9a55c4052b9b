namespace Aspire.Hosting.ApplicationModel;

/// <summary>A .NET project that runs as a process.</summary>
public class ProjectResource(string name) : Resource(name),
    IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport
{
    /// <summary>The https endpoint that exists only because the launch profile is a web one.</summary>
    internal EndpointAnnotation? DefaultHttpsEndpoint { get; set; }
}
