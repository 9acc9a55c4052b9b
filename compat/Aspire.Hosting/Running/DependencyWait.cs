using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Running;

/// <summary>Holds a resource back until what it waits for is ready.</summary>
internal sealed class DependencyWait(ResourceNotificationService notifications, ConsoleOutput output)
{
    /// <summary>Refuses resources that wait for each other: none of them would ever start.</summary>
    public static void CheckForCycles(IEnumerable<IResource> resources)
    {
        foreach (var resource in resources)
        {
            Visit(resource, []);
        }
    }

    /// <summary>Returns once all is ready; throws when one of them ended first.</summary>
    public Task WaitAsync(IResource resource, string name, CancellationToken cancellationToken) => Task.WhenAll(
        resource.Annotations.OfType<WaitAnnotation>()
            .DistinctBy(wait => (wait.Resource, wait.WaitType))
            .Select(wait => WaitForAsync(wait, name, cancellationToken)));

    private static void Visit(IResource resource, IReadOnlyList<IResource> path)
    {
        if (path.Contains(resource))
        {
            throw new DistributedApplicationException(
                "These resources wait for each other: "
                + $"{string.Join(" -> ", path.Append(resource).Select(r => r.Name))}.");
        }

        foreach (var wait in resource.Annotations.OfType<WaitAnnotation>())
        {
            Visit(wait.Resource, [.. path, resource]);
        }
    }

    private static bool IsTerminal(ResourceEvent e) =>
        KnownResourceStates.TerminalStates.Contains(e.Snapshot.State?.Text);

    private static bool IsRunning(ResourceEvent e) => e.Snapshot.State?.Text == KnownResourceStates.Running;

    private async Task WaitForAsync(WaitAnnotation wait, string name, CancellationToken cancellationToken)
    {
        var other = wait.Resource;
        if (wait.WaitType == WaitType.WaitForCompletion)
        {
            await WaitForCompletionAsync(wait, name, cancellationToken).ConfigureAwait(false);
            return;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var needsHealth = wait.WaitType == WaitType.WaitUntilHealthy;
        var ready = notifications.WaitForAllAsync(
            other, e => IsRunning(e) && (!needsHealth || e.Snapshot.HealthStatus == HealthStatus.Healthy), ended.Token);
        if (!ready.IsCompleted)
        {
            output.WriteLine(name, needsHealth
                ? $"Waiting for resource '{other.Name}' to become healthy."
                : $"Waiting for resource '{other.Name}' to enter the 'Running' state.");
        }

        Task first = ready;
        if (wait.WaitBehavior != WaitBehavior.WaitOnResourceUnavailable)
        {
            var lost = notifications.WaitForResourceAsync(other.Name, IsTerminal, ended.Token);
            first = await Task.WhenAny(ready, lost).ConfigureAwait(false);
            if (first == lost && !lost.IsCanceled)
            {
                await ended.CancelAsync().ConfigureAwait(false);
                throw Ended(other, (await lost.ConfigureAwait(false)).Snapshot);
            }
        }

        await first.ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
    }

    private async Task WaitForCompletionAsync(WaitAnnotation wait, string name, CancellationToken cancellationToken)
    {
        output.WriteLine(name, $"Waiting for resource '{wait.Resource.Name}' to complete.");
        var done = await notifications.WaitForAllAsync(wait.Resource, IsTerminal, cancellationToken)
            .ConfigureAwait(false);
        var wrong = notifications.All()
            .FirstOrDefault(e => e.Resource == wait.Resource && e.Snapshot.ExitCode != wait.ExitCode);
        if (wrong is not null)
        {
            throw Ended(wait.Resource, (wrong ?? done).Snapshot);
        }
    }

    private static DistributedApplicationException Ended(IResource other, CustomResourceSnapshot snapshot) => new(
        snapshot.State?.Text == KnownResourceStates.FailedToStart
            ? $"the resource '{other.Name}' it waits for failed to start"
            : $"the resource '{other.Name}' it waits for ended with exit code {snapshot.ExitCode}");
}
