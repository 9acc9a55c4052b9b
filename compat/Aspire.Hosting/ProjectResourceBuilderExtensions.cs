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
        this IDistributedApplicationBuilder builder, string name, string projectPath, Action<ProjectResourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var path = Path.GetFullPath(Path.Combine(builder.AppHostDirectory, projectPath));
        return Add(builder, name, new ProjectPlace(path), configure);
    }

    /// <summary>Runs so many processes of the project.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
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
        var result = builder.AddResource(new ProjectResource(name)).WithAnnotation<IProjectMetadata>(project);
        result.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        return builder.ExecutionContext.IsRunMode ? ForRun(result, profile) : ForPublish(result, profile);
    }

    private static IResourceBuilder<ProjectResource> ForRun(IResourceBuilder<ProjectResource> result, LaunchProfile? profile)
    {
        var host = result.ApplicationBuilder;
        result.WithEnvironment(context => ProjectEnvironment.AddTelemetry(context, host.Configuration, host.Environment.IsDevelopment()));
        result.WithEnvironment(ProjectEnvironment.AddUrls);
        if (profile is null)
        {
            return result;
        }

        foreach (var (endpointName, url) in profile.Endpoints())
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

    private static IResourceBuilder<ProjectResource> ForPublish(IResourceBuilder<ProjectResource> result, LaunchProfile? profile)
    {
        result.WithEnvironment(ProjectEnvironment.AddForwardedHeaders);
        result.WithEnvironment(ProjectEnvironment.AddPorts);
        if (profile?.ApplicationUrl is null)
        {
            return result;
        }

        // Ports of a launch profile are the developer's; a deployed web project gets http and https without ports.
        result.WithEndpoint("http", e => e.UriScheme = "http");
        return result.WithEndpoint("https", e =>
        {
            e.UriScheme = "https";
            result.Resource.DefaultHttpsEndpoint = e;
        });
    }
}
