using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>The life of one replica: it waits, starts, runs, ends.</summary>
internal sealed class ResourceRun(
    IResource resource,
    int replica,
    LaunchPlanner planner,
    DependencyWait dependencies,
    ResourceNotificationService notifications,
    ConsoleOutput output,
    Leash leash)
{
    private const int FirstSignalExitCode = 128;
    private readonly Lock _lock = new();
    private ChildProcess? _child;
    private Task _done = Task.CompletedTask;
    private bool _isStopping;

    public IResource Resource => resource;

    public string Name { get; } = LaunchPlanner.InstanceName(resource, replica);

    public void Start(CancellationToken cancellationToken) => _done = RunAsync(cancellationToken);

    /// <summary>Starts a process that has ended once more; false when it runs or everything is being stopped.</summary>
    public async Task<bool> StartAgainAsync(CancellationToken cancellationToken)
    {
        // The state says that it is over a moment before the task does.
        if (!IsOver())
        {
            return false;
        }

        await _done.ConfigureAwait(false);
        lock (_lock)
        {
            if (_isStopping || !_done.IsCompleted)
            {
                return false;
            }

            Publish(KnownResourceStates.Starting);
            _done = Task.Run(() => RunAsync(cancellationToken), CancellationToken.None);
            return true;
        }
    }

    /// <summary>Asks the process to end and ends it when it does not.</summary>
    public async Task StopAsync(TimeSpan limit)
    {
        ChildProcess? child;
        lock (_lock)
        {
            _isStopping = true;
            child = _child;
        }

        if (child is not null && !_done.IsCompleted)
        {
            Publish(KnownResourceStates.Stopping);
            child.Terminate();
            if (await Task.WhenAny(_done, Task.Delay(limit)).ConfigureAwait(false) != _done)
            {
                output.WriteLine(ConsoleOutput.AppHost,
                    $"'{Name}' did not end within {limit.TotalSeconds:0.#} s of being asked to: killed.");
                child.Kill();
            }
        }

        await _done.ConfigureAwait(false);
    }

    public void Kill()
    {
        lock (_lock)
        {
            _isStopping = true;
            if (!_done.IsCompleted)
            {
                _child?.Kill();
            }
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            Publish(KnownResourceStates.Waiting);
            await dependencies.WaitAsync(resource, Name, cancellationToken).ConfigureAwait(false);
            if (resource is ProjectResource or ExecutableResource or ContainerResource)
            {
                await RunProcessAsync(cancellationToken).ConfigureAwait(false);
            }
            else
            {
                Publish(KnownResourceStates.Running);
            }
        }
        catch (OperationCanceledException)
        {
            Publish(KnownResourceStates.Exited);
        }
        catch (Exception wrong)
        {
            // Whatever keeps one resource from starting must not take the others down: it is said, and its waiters
            // learn of it.
            output.WriteLine(ConsoleOutput.AppHost, $"error: '{Name}' did not start: {wrong.Message}");
            Publish(KnownResourceStates.FailedToStart);
        }
    }

    private async Task RunProcessAsync(CancellationToken cancellationToken)
    {
        Publish(KnownResourceStates.Starting);
        var plan = await planner.PlanAsync(resource, replica, cancellationToken).ConfigureAwait(false);
        var child = StartChild(plan);
        if (child is null)
        {
            Publish(KnownResourceStates.Exited);
            return;
        }

        leash.Add(child.Id);
        var what = resource is RedisResource ? "a local redis-server in place of the container" : "a process";
        output.WriteLine(ConsoleOutput.AppHost, $"'{Name}' runs as {what}, id {child.Id}{Addresses()}.");
        Publish(KnownResourceStates.Running);
        var exitCode = await child.WaitAsync().ConfigureAwait(false);
        leash.Remove(child.Id);
        child.Dispose();
        if (plan.Scratch is { } scratch)
        {
            Directory.Delete(scratch, recursive: true);
        }

        var byItself = exitCode < FirstSignalExitCode;
        var level = _isStopping || exitCode == 0 ? "" : "error: ";
        var signal = byItself ? "" : $" (signal {exitCode - FirstSignalExitCode})";
        output.WriteLine(ConsoleOutput.AppHost, $"{level}'{Name}' ended with exit code {exitCode}{signal}.");
        Publish(byItself ? KnownResourceStates.Finished : KnownResourceStates.Exited, exitCode);
    }

    private ChildProcess? StartChild(LaunchPlan plan)
    {
        lock (_lock)
        {
            return _isStopping ? null : _child = ChildProcess.Start(plan, line => output.WriteLine(Name, line));
        }
    }

    private bool IsOver() => notifications.TryGetCurrentState(Name, out var known)
        && KnownResourceStates.TerminalStates.Contains(known.Snapshot.State?.Text);

    private string Addresses()
    {
        var urls = resource is IResourceWithEndpoints listener
            ? string.Join(", ", listener.GetEndpoints().Select(e => e.Url)) : string.Empty;
        return urls.Length == 0 ? urls : $", {urls}";
    }

    private void Publish(string state, int? exitCode = null) =>
        notifications.Publish(resource, Name, s => s with { State = state, ExitCode = exitCode, HealthStatus = null });
}
