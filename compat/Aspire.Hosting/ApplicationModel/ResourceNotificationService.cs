using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Knows the state of every replica and wakes who waits for one.</summary>
public class ResourceNotificationService
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ResourceEvent> _states = [];
    private readonly List<Waiter> _waiters = [];

    /// <summary>Waits until one replica is as wanted.</summary>
    public Task<ResourceEvent> WaitForResourceAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return WaitAsync(all => all.FirstOrDefault(e => Bears(e, resourceName) && predicate(e)), cancellationToken);
    }

    /// <summary>Waits until one replica is in a state; null means Running.</summary>
    public Task WaitForResourceAsync(
        string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(
            resourceName, e =>
                e.Snapshot.State?.Text == (targetState ?? KnownResourceStates.Running), cancellationToken);

    /// <summary>Waits until one replica runs and is healthy.</summary>
    public Task<ResourceEvent> WaitForResourceHealthyAsync(
        string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, e => e.Snapshot.HealthStatus == HealthStatus.Healthy, cancellationToken);

    /// <summary>The state of a replica.</summary>
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        lock (_lock)
        {
            return _states.TryGetValue(resourceId, out resourceEvent);
        }
    }

    internal IReadOnlyList<ResourceEvent> All()
    {
        lock (_lock)
        {
            return [.. _states.Values];
        }
    }

    /// <summary>Waits until all replicas of a resource are as wanted; null while they are not.</summary>
    internal Task<ResourceEvent> WaitForAllAsync(
        IResource resource, Func<ResourceEvent, bool> isWanted, CancellationToken cancellationToken) => WaitAsync(
            all =>
            {
                var replicas = all.Where(e => e.Resource == resource).ToList();
                return replicas.Count >= resource.GetReplicaCount() && replicas.All(isWanted) ? replicas[0] : null;
            },
            cancellationToken);

    internal void Publish(
        IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> change)
    {
        List<(Waiter Waiter, ResourceEvent Found)> woken = [];
        lock (_lock)
        {
            var old = _states.TryGetValue(resourceId, out var known) ? known.Snapshot
                : new CustomResourceSnapshot { ResourceType = resource.GetType()
                    .Name.Replace("Resource", "", StringComparison.Ordinal) };
            _states[resourceId] = new ResourceEvent(resource, resourceId, change(old));
            foreach (var waiter in _waiters)
            {
                if (waiter.Find(_states.Values) is { } found)
                {
                    woken.Add((waiter, found));
                }
            }

            woken.ForEach(w => _waiters.Remove(w.Waiter));
        }

        woken.ForEach(w => w.Waiter.Result.TrySetResult(w.Found));
    }

    private static bool Bears(ResourceEvent e, string name) =>
        string.Equals(e.Resource.Name, name, StringComparison.OrdinalIgnoreCase) || e.ResourceId == name;

    private async Task<ResourceEvent> WaitAsync(
        Func<IEnumerable<ResourceEvent>, ResourceEvent?> find, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(find, new(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
        {
            if (find(_states.Values) is { } found)
            {
                return found;
            }

            _waiters.Add(waiter);
        }

        try
        {
            return await waiter.Result.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                _waiters.Remove(waiter);
            }
        }
    }

    private sealed record Waiter(
        Func<IEnumerable<ResourceEvent>, ResourceEvent?> Find, TaskCompletionSource<ResourceEvent> Result);
}
