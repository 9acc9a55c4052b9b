using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Collects the resources and the services of the AppHost.</summary>
internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private static readonly TimeSpan s_stopLimit = TimeSpan.FromSeconds(10);
    private readonly HostApplicationBuilder _host;

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        AppHostAssembly = options.AssemblyName is { } name ? Assembly.Load(name) : Assembly.GetEntryAssembly();
        AppHostDirectory = options.ProjectDirectory ?? BuiltFrom() ?? Directory.GetCurrentDirectory();
        _host = new HostApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = options.Args,
            ContentRootPath = AppHostDirectory,
            ApplicationName = AppHostAssembly?.GetName().Name,
        });
        ExecutionContext = new(Operation());
        Services.AddSingleton(ExecutionContext);
        Services.AddSingleton(new DistributedApplicationModel(Resources));
        Services.AddSingleton<ResourceNotificationService>();
        Services.AddSingleton(sp => new ResourceCommandService(
            sp,
            sp.GetRequiredService<ResourceNotificationService>(),
            sp.GetRequiredService<ILogger<ResourceCommandService>>()));
        Services.AddSingleton<LaunchPlanner>();
        Services.AddSingleton<DependencyWait>();
        Services.AddSingleton<HealthMonitor>();
        Services.AddSingleton<ControlServer>();
        Services.AddSingleton<Leash>();
        Services.AddSingleton<Orchestrator>();
        Services.TryAddSingleton(_ => new ConsoleOutput(Console.Out, colored: ConsoleOutput.TerminalWantsColor));
        Services.AddSingleton<IHostLifetime, NoLifetime>();
        Services.AddHealthChecks();
        Services.AddHttpClient();
        Services.Configure<HostOptions>(o => o.ShutdownTimeout = s_stopLimit);
        _host.Logging.ClearProviders();
        _host.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning);
        // A check that fails is a state here, not an error: the waiting resource says what it waits for.
        _host.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        Services.AddSingleton<ILoggerProvider, ConsoleLoggerProvider>();
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public string AppHostDirectory { get; }

    public Assembly? AppHostAssembly { get; }

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IResourceCollection Resources { get; } = new ResourceCollection();

    public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource =>
        new DistributedApplicationResourceBuilder<T>(this, resource);

    public DistributedApplication Build()
    {
        Services.AddSingleton(new AppHostPlace(AppHostDirectory, AppHostAssembly));
        var host = _host.Build();
        ExecutionContext.ServiceProvider = host.Services;
        return new DistributedApplication(host);
    }

    private string? BuiltFrom()
    {
        var path = AppHostPlace.Metadata(AppHostAssembly, "apphostprojectpath");
        return Directory.Exists(path) ? path : null;
    }

    private DistributedApplicationOperation Operation()
    {
        var publisher = Configuration["publisher"];
        var operation = Configuration["operation"];
        if (publisher is null && operation is null or "run")
        {
            return DistributedApplicationOperation.Run;
        }

        return publisher == "manifest" ? DistributedApplicationOperation.Publish
            : throw new NotSupportedException(
                $"'--operation {operation} --publisher {publisher}' needs the package Aspire.Hosting.AppHost; "
                + "the stand-in of compat/ only knows '--publisher manifest'.");
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
