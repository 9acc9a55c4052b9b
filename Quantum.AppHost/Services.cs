using Microsoft.Extensions.Configuration;

namespace Quantum.AppHost;

/// <summary>
/// What every service of the system is given: the event store, the mode, an endpoint and a health check.
/// </summary>
internal static class Services
{
    private static readonly string[] s_modes = ["sim", "paper", "testnet", "live"];

    /// <summary>Adds a service; without a port it gets a free one.</summary>
    public static IResourceBuilder<ProjectResource> AddService<TProject>(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<IResourceWithConnectionString> redis,
        IResourceBuilder<ParameterResource> mode,
        int? port = null)
        where TProject : IProjectMetadata, new()
    {
        var isRun = builder.ExecutionContext.IsRunMode;
        var service = builder.AddProject<TProject>(name, launchProfileName: null)
            // Changes the endpoint that a service names in its settings, or adds it: those ports are for one alone.
            .WithEndpoint("http", e => (e.UriScheme, e.Port) = ("http", isRun ? port : null))
            .WithHttpHealthCheck("/health")
            .WithReference(redis)
            .WaitFor(redis)
            .WithEnvironment("Quantum__Mode", mode);
        if (!isRun) return service;
        if (builder.Configuration.IsTape()) service.WithEnvironment("Quantum__Tape", "true");
        return service.WithInstruments(builder.Configuration)
            .WithEnvironment("ASPNETCORE_ENVIRONMENT", builder.Environment.EnvironmentName);
    }

    /// <summary>Gives the endpoint that speaks HTTP/2 only, as gRPC without TLS must, a free port.</summary>
    public static IResourceBuilder<ProjectResource> WithGrpcEndpoint(this IResourceBuilder<ProjectResource> service) =>
        service.WithEndpoint("grpc", e => (e.UriScheme, e.Transport, e.Port) = ("http", "http2", null));

    /// <summary>
    /// The mode of the system, from <c>--mode</c> or the setting <c>Parameters:mode</c>; paper unless given.
    /// </summary>
    public static string Mode(this IConfiguration configuration)
    {
        var mode = configuration["mode"] ?? configuration["Parameters:mode"] ?? "paper";
        return s_modes.Contains(mode)
            ? mode
            : throw new DistributedApplicationException(
                $"Mode '{mode}' is not known: use {string.Join(", ", s_modes)}.");
    }

    /// <summary>
    /// The port of the console, from the setting <c>Console:Port</c>; null (a free one) when that is empty.
    /// </summary>
    public static int? ConsolePort(this IConfiguration configuration) => configuration.GetValue<int?>("Console:Port");
}
