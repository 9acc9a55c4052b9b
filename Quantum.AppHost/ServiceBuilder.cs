using Microsoft.Extensions.Configuration;
using Quantum.Contracts.Catalog;

namespace Quantum.AppHost;

/// <summary>
/// Adds the catalog's services, each with the event store, the mode, an endpoint and a health check. A run starts the
/// built assembly, without the process of <c>dotnet run</c> around it (113 MB each); what is published is the project.
/// </summary>
internal sealed class ServiceBuilder(
    IDistributedApplicationBuilder builder, RunFolder run, EventStore store, IResourceBuilder<ParameterResource> mode)
{
    private const string Console = "console";

    /// <summary>Adds every service of the catalog; gives them by their names.</summary>
    public IReadOnlyDictionary<string, IResourceBuilder<IResourceWithEnvironment>> AddAll() =>
        ServiceHosts.All.ToDictionary(host => host.Name, host => Add(host.Name), StringComparer.Ordinal);

    private IResourceBuilder<IResourceWithEnvironment> Add(string name)
    {
        var project = Places.ProjectOf(name);
        if (!builder.ExecutionContext.IsRunMode)
        {
            return Common(builder.AddProject(name, project, launchProfileName: null)
                .WithEndpoint("http", e => (e.UriScheme, e.Port) = ("http", null)));
        }

        var assembly = Places.AssemblyOf(project);
        var port = name == Console ? builder.Configuration.ConsolePort() : null;
        var service = Common(builder.AddExecutable(name, Places.Host, Path.GetDirectoryName(assembly)!, assembly)
            .WithListener("http", port)
            .WithOtlpExporter()
            .WithUrlForEndpoint("http", url => url.DisplayText = name == Console ? "Console" : "Status")
            .WithEnvironment("Quantum__System", run.SystemId)
            .WithEnvironment("DOTNET_ENVIRONMENT", builder.Environment.EnvironmentName));
        service.WithInstruments(builder.Configuration).WithDemonstration(builder);
        // Aspire takes every trace while developing; who asks for a share gets it.
        foreach (var setting in (string[])["OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG"])
            if (builder.Configuration[setting] is { Length: > 0 } asked) service.WithEnvironment(setting, asked);
        return builder.Configuration.IsTape() ? service.WithEnvironment("Quantum__Tape", "true") : service;
    }

    private IResourceBuilder<IResourceWithEnvironment> Common<T>(IResourceBuilder<T> service)
        where T : class, IResourceWithEnvironment, IResourceWithEndpoints, IResourceWithWaitSupport =>
        store.Give(service.WithHttpHealthCheck("/health", endpointName: "http")).WithEnvironment("Quantum__Mode", mode);
}
