using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Running;

/// <summary>Starts all resources at once, each held back by what it waits for, and stops them the other way
/// round.</summary>
internal sealed class Orchestrator(
    DistributedApplicationModel model,
    LaunchPlanner planner,
    DependencyWait dependencies,
    ResourceNotificationService notifications,
    HealthMonitor health,
    ControlServer control,
    Leash leash,
    ConsoleOutput output,
    IOptions<HostOptions> hostOptions) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<ResourceRun> _runs = [];
    private readonly List<EndpointProxy> _proxies = [];
    private readonly List<Task> _monitors = [];
    private Task? _stopped;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await ResolveParametersAsync(cancellationToken).ConfigureAwait(false);
        DependencyWait.CheckForCycles(model.Resources);
        foreach (var resource in model.Resources)
        {
            PortAllocation.Allocate(resource, _proxies);
            for (var replica = 0; replica < resource.GetReplicaCount(); replica++)
            {
                _runs.Add(new ResourceRun(resource, replica, planner, dependencies, notifications, output, leash));
            }
        }

        _runs.ForEach(run => output.Announce(run.Name));
        AddStartCommands();
        _proxies.ForEach(proxy => proxy.Start());
        var address = await control.StartAsync(cancellationToken).ConfigureAwait(false);
        output.WriteLine(ConsoleOutput.AppHost, $"Resources and their commands: {address}/resources");
        _monitors.AddRange(model.Resources.Select(resource => health.RunAsync(resource, _stopping.Token)));
        _runs.ForEach(run => run.Start(_stopping.Token));
        output.WriteLine(ConsoleOutput.AppHost, "Distributed application started. Press Ctrl+C to shut down.");
    }

    /// <summary>Stops who waits for others before those others; once.</summary>
    public Task StopAsync() => _stopped ??= StopAllAsync();

    /// <summary>Ends all processes at once.</summary>
    public void KillAll()
    {
        output.WriteLine(ConsoleOutput.AppHost, "Killing all processes.");
        _runs.ForEach(run => run.Kill());
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task StopAllAsync()
    {
        if (_runs.Count == 0)
        {
            return;
        }

        output.WriteLine(ConsoleOutput.AppHost, "Shutting down.");
        await _stopping.CancelAsync().ConfigureAwait(false);
        var stops = new Dictionary<IResource, Task>();
        await Task.WhenAll(model.Resources.Select(resource => StopAfterDependents(resource, stops)))
            .ConfigureAwait(false);
        await Task.WhenAll(_monitors).ConfigureAwait(false);
        _proxies.ForEach(proxy => proxy.Dispose());
        await control.StopAsync().ConfigureAwait(false);
    }

    private Task StopAfterDependents(IResource resource, Dictionary<IResource, Task> stops)
    {
        if (!stops.TryGetValue(resource, out var stop))
        {
            var dependents = model.Resources
                .Where(other => other.Annotations.OfType<WaitAnnotation>().Any(wait => wait.Resource == resource))
                .Select(other => StopAfterDependents(other, stops)).ToList();
            stops[resource] = stop = StopAsync(resource, dependents);
        }

        return stop;
    }

    private async Task StopAsync(IResource resource, List<Task> dependents)
    {
        await Task.WhenAll(dependents).ConfigureAwait(false);
        var limit = hostOptions.Value.ShutdownTimeout;
        await Task.WhenAll(_runs.Where(run => run.Resource == resource).Select(run => run.StopAsync(limit)))
            .ConfigureAwait(false);
    }

    private void AddStartCommands()
    {
        foreach (var resource in model.Resources.Where(r => r is ProjectResource or ExecutableResource))
        {
            resource.Annotations.Add(new ResourceCommandAnnotation(
                KnownResourceCommands.StartCommand, "Start",
                context => KnownResourceStates.TerminalStates.Contains(context.ResourceSnapshot.State?.Text)
                    ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
                async context => await _runs.First(run => run.Name == context.ResourceName)
                    .StartAgainAsync(_stopping.Token).ConfigureAwait(false)
                        ? CommandResults.Success() : CommandResults.Failure("It runs, or everything is being stopped."),
                new CommandOptions { Description = "Starts the process again" }));
        }
    }

    /// <summary>Asks for every value now: one message that names all missing ones, before anything is
    /// started.</summary>
    private async Task ResolveParametersAsync(CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var parameter in model.Resources.OfType<ParameterResource>())
        {
            try
            {
                await parameter.GetValueAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (MissingParameterValueException unset)
            {
                missing.Add(unset.Message);
            }
        }

        if (missing.Count > 0)
        {
            throw new MissingParameterValueException(string.Join(Environment.NewLine, missing));
        }
    }
}
