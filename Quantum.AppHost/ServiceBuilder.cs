using Microsoft.Extensions.Configuration;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Settings;

namespace Quantum.AppHost;

/// <summary>
/// Adds the catalog's services, each with the event store, the mode, an endpoint and a health check. A run starts the
/// built assembly, without the process of <c>dotnet run</c> around it (113 MB each); what is published is the project.
/// </summary>
internal sealed class ServiceBuilder(
    IDistributedApplicationBuilder builder, RunFolder run, EventStore store, IResourceBuilder<ParameterResource> mode)
{
    /// <summary>The second executor, where one is wanted.</summary>
    public const string Standby = Executor + "-standby";

    private const string Console = "console";
    private const string Executor = "executor";

    /// <summary>Adds every service of the catalog, and the standby where one is wanted; gives them by their names.
    /// </summary>
    public IReadOnlyDictionary<string, IResourceBuilder<IResourceWithEnvironment>> AddAll()
    {
        var all = ServiceHosts.All.ToDictionary(
            host => host.Name, host => Add(host.Name, host.Name), StringComparer.Ordinal);
        if (builder.Configuration.IsOn(PlainSettings.RunStandby)) all[Standby] = Add(Executor, Standby);
        return all;
    }

    /// <summary>Every process that sends orders: the executor, and its standby where there is one.</summary>
    public static IEnumerable<T> Executors<T>(IReadOnlyDictionary<string, T> services) =>
        from service in services where service.Key is Executor or Standby select service.Value;

    private IResourceBuilder<IResourceWithEnvironment> Add(string name, string resource)
    {
        var project = Places.ProjectOf(name);
        if (!builder.ExecutionContext.IsRunMode)
        {
            return Common(name, builder.AddProject(resource, project, launchProfileName: null)
                .WithEndpoint("http", e => (e.UriScheme, e.Port) = ("http", null)));
        }

        var assembly = Places.AssemblyOf(project);
        var port = name == Console ? builder.Configuration.ConsolePort() : null;
        var service = Common(name, builder
            .AddExecutable(resource, Places.Host, Path.GetDirectoryName(assembly)!, assembly)
            .WithListener("http", port)
            .WithOtlpExporter()
            .WithUrlForEndpoint("http", url => url.DisplayText = name == Console ? "Console" : "Status")
            .WithOwn(builder.Configuration, "Quantum:System", run.SystemId, PlainSettings.RunFolder.Mend)
            .WithRoleSettings(builder.Configuration)
            .WithEnvironment("DOTNET_ENVIRONMENT", builder.Environment.EnvironmentName));
        service.WithInstruments(builder.Configuration).WithDemonstration(builder);
        // Aspire takes every trace while developing; who asks for a share gets it.
        foreach (var setting in (string[])["OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG"])
            if (builder.Configuration[setting] is { Length: > 0 } asked) service.WithEnvironment(setting, asked);
        return builder.Configuration.IsTape() ? service.WithEnvironment("Quantum__Tape", "true") : service;
    }

    private IResourceBuilder<IResourceWithEnvironment> Common<T>(string name, IResourceBuilder<T> service)
        where T : class, IResourceWithEnvironment, IResourceWithEndpoints, IResourceWithWaitSupport =>
        store.Give(name, service.WithHttpHealthCheck("/health", endpointName: "http"))
            .WithEnvironment("Quantum__Mode", mode);
}
