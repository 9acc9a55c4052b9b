using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Adds .NET projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project with its first launch profile.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new() => builder.AddProject<TProject>(name, _ => { });

    /// <summary>Adds a project with a launch profile; null means none.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, string name, string? launchProfileName)
        where TProject : IProjectMetadata, new() => builder.AddProject<TProject>(name, Profile(launchProfileName));

    /// <summary>Adds a project with options.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, string name, Action<ProjectResourceOptions> configure)
        where TProject : IProjectMetadata, new() => Add(builder, name, new TProject(), configure);

    /// <summary>Adds a project by its path, relative to the AppHost, with its first launch profile.</summary>
    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, string name, string projectPath) =>
        builder.AddProject(name, projectPath, _ => { });

    /// <summary>Adds a project by its path with a launch profile; null means none.</summary>
    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, string name, string projectPath, string? launchProfileName) =>
        builder.AddProject(name, projectPath, Profile(launchProfileName));

    /// <summary>Adds a project by its path with options.</summary>
    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder,
        string name,
        string projectPath,
        Action<ProjectResourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var path = Path.GetFullPath(Path.Combine(builder.AppHostDirectory, projectPath));
        return Add(builder, name, new ProjectPlace(path), configure);
    }

    /// <summary>Runs so many processes of the project.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(
        this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfLessThan(replicas, 1);
        return builder.WithAnnotation(new ReplicaAnnotation(replicas));
    }

    private static Action<ProjectResourceOptions> Profile(string? launchProfileName) => options =>
    {
        options.ExcludeLaunchProfile = launchProfileName is null;
        options.LaunchProfileName = launchProfileName;
    };

    private static IResourceBuilder<ProjectResource> Add<TProject>(
        IDistributedApplicationBuilder builder, string name, TProject project, Action<ProjectResourceOptions> configure)
        where TProject : IProjectMetadata
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new ProjectResourceOptions();
        configure(options);
        var profile = options.ExcludeLaunchProfile ? null
            : LaunchProfile.Read(project.ProjectPath, options.LaunchProfileName);
        var own = options.ExcludeKestrelEndpoints ? [] : KestrelEndpoint.Read(project.ProjectPath);
        var result = builder.AddResource(new ProjectResource(name)).WithAnnotation<IProjectMetadata>(project);
        result.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        var isRun = builder.ExecutionContext.IsRunMode;
        foreach (var endpoint in own)
        {
            result.WithEndpoint(endpoint.Name, e =>
            {
                e.UriScheme = endpoint.Url.Scheme;
                e.Transport = endpoint.IsHttp2 ? "http2" : e.Transport;
                // Deployed, the port is the platform's; in a run, the target port is each replica's own.
                e.Port = isRun ? endpoint.Url.Port : null;
                e.TargetPort = isRun ? null : endpoint.Url.Port;
            });
        }

        return isRun ? ForRun(result, profile, own.Count > 0) : ForPublish(result, profile, own.Count > 0);
    }

    private static IResourceBuilder<ProjectResource> ForRun(
        IResourceBuilder<ProjectResource> result, LaunchProfile? profile, bool hasOwnEndpoints)
    {
        var host = result.ApplicationBuilder;
        var isDevelopment = host.Environment.IsDevelopment();
        result.WithEnvironment(c => ProjectEnvironment.AddTelemetry(c, host.Configuration, isDevelopment));
        Action<EnvironmentCallbackContext> addUrls = hasOwnEndpoints
            ? c => ProjectEnvironment.AddKestrelUrls(c, "localhost") : ProjectEnvironment.AddUrls;
        result.WithEnvironment(addUrls);
        if (profile is null)
        {
            return result;
        }

        foreach (var (endpointName, url) in hasOwnEndpoints ? [] : profile.Endpoints())
        {
            result.WithEndpoint(endpointName, e =>
            {
                e.Port = url.Port;
                e.UriScheme = url.Scheme;
                e.FromLaunchProfile = true;
            });
        }

        return result.WithEnvironment(context =>
        {
            context.EnvironmentVariables.TryAdd("DOTNET_LAUNCH_PROFILE", profile.Name);
            foreach (var (variable, value) in profile.EnvironmentVariables)
            {
                context.EnvironmentVariables.TryAdd(variable, System.Environment.ExpandEnvironmentVariables(value));
            }
        });
    }

    private static IResourceBuilder<ProjectResource> ForPublish(
        IResourceBuilder<ProjectResource> result, LaunchProfile? profile, bool hasOwnEndpoints)
    {
        result.WithEnvironment(ProjectEnvironment.AddForwardedHeaders);
        Action<EnvironmentCallbackContext> addPorts = hasOwnEndpoints
            ? c => ProjectEnvironment.AddKestrelUrls(c, "*") : ProjectEnvironment.AddPorts;
        result.WithEnvironment(addPorts);
        if (profile?.ApplicationUrl is null && !hasOwnEndpoints)
        {
            return result;
        }

        // Ports of a launch profile are the developer's; a deployed web project gets http and https without them.
        var http = EndpointOf(result, "http");
        var https = EndpointOf(result, "https");
        http.TargetPort = https.TargetPort = http.TargetPort ?? https.TargetPort;
        return result;
    }

    /// <summary>The first endpoint of a scheme; added when there is none.</summary>
    private static EndpointAnnotation EndpointOf(IResourceBuilder<ProjectResource> result, string scheme)
    {
        var endpoints = result.Resource.Annotations.OfType<EndpointAnnotation>();
        if (endpoints.FirstOrDefault(e => e.UriScheme == scheme || e.Name == scheme) is { } found)
        {
            return found;
        }

        result.WithEndpoint(scheme, e => e.UriScheme = scheme);
        var added = result.GetEndpoint(scheme).EndpointAnnotation;
        result.Resource.DefaultHttpsEndpoint = scheme == "https" ? added : result.Resource.DefaultHttpsEndpoint;
        return added;
    }
}
