using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;
using Aspire.Hosting.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>An application of several resources: starts them, watches them and stops them.</summary>
public class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost _host;

    /// <summary>Takes over the host that holds the services.</summary>
    public DistributedApplication(IHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        _host = host;
    }

    /// <inheritdoc />
    public IServiceProvider Services => _host.Services;

    /// <summary>The states of the resources.</summary>
    public ResourceNotificationService ResourceNotifications =>
        Services.GetRequiredService<ResourceNotificationService>();

    /// <summary>The commands of the resources.</summary>
    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    private Orchestrator Orchestrator => Services.GetRequiredService<Orchestrator>();

    /// <summary>Begins to describe an application.</summary>
    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    /// <summary>Begins to describe an application with a command line.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args) =>
        CreateBuilder(new DistributedApplicationOptions { Args = args });

    /// <summary>Begins to describe an application with options.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new DistributedApplicationBuilder(options);
    }

    /// <summary>Runs until it is told to stop.</summary>
    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Runs until it is told to stop; in publish mode, writes the manifest.</summary>
    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            if (Services.GetRequiredService<DistributedApplicationExecutionContext>().IsPublishMode)
            {
                await ManifestWriter.WriteAsync(Services, cancellationToken).ConfigureAwait(false);
                return;
            }

            // Who asks the host to stop ends the run, and a signal is seen by all who watch the host.
            var lifetime = Services.GetRequiredService<IHostApplicationLifetime>();
            using var asked = CancellationTokenSource.CreateLinkedTokenSource(
                cancellationToken, lifetime.ApplicationStopping);
            using var signals = new StopSignals(Orchestrator.KillAll, asked.Token);
            using var told = signals.Stopping.Register(lifetime.StopApplication);
            try
            {
                await StartAsync(signals.Stopping).ConfigureAwait(false);
                await signals.WaitAsync().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (signals.Stopping.IsCancellationRequested)
            {
                // Told to stop while it was still starting.
            }

            await StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (DistributedApplicationException wrong)
        {
            // One clear line instead of a stack trace: the mend is in the message.
            Services.GetRequiredService<ConsoleOutput>().WriteLine(ConsoleOutput.AppHost, $"error: {wrong.Message}");
            Environment.ExitCode = 1;
        }
        finally
        {
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public virtual async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await _host.StartAsync(cancellationToken).ConfigureAwait(false);
        await Orchestrator.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public virtual async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await Orchestrator.StopAsync().ConfigureAwait(false);
        await _host.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    public virtual async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)_host).DisposeAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }
}
