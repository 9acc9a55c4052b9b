using Microsoft.Extensions.DependencyInjection;

namespace Quantum.AppHost;

/// <summary>Adds <see cref="RunReport"/>.</summary>
internal static class RunReportExtensions
{
    /// <summary>Says what runs, and prints the summary at the end of a recording.</summary>
    public static void AddRunReport(
        this IDistributedApplicationBuilder builder, RunFolder run,
        IResourceBuilder<IResourceWithConnectionString> redis, IResourceBuilder<IResourceWithEnvironment> learning,
        IResourceBuilder<IResourceWithEnvironment> console)
    {
        if (!builder.ExecutionContext.IsRunMode) return;
        var processes = builder.Resources.OfType<ExecutableResource>().Select(resource => resource.Name).ToList();
        var dashboard = DashboardSettings.LoginUrl(builder.Configuration);
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<RunReport>(
            services,
            ActivatorUtilities.CreateInstance<ServiceEnds>(services, builder.Configuration, processes),
            new ConnectionFile(run, redis.Resource, dashboard),
            new Greeting(builder.Configuration, run.Data, console.Endpoint("http")),
            learning.Endpoint("http")));
    }
}
