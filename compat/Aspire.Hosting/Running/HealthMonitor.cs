using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Running;

/// <summary>Asks the health checks of a resource: often until it is healthy, then now and then.</summary>
internal sealed class HealthMonitor(
    HealthCheckService checks, ResourceNotificationService notifications, ConsoleOutput output)
{
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_later = TimeSpan.FromSeconds(5);

    public async Task RunAsync(IResource resource, CancellationToken cancellationToken)
    {
        var keys = resource.Annotations.OfType<HealthCheckAnnotation>().Select(a => a.Key).ToHashSet();
        try
        {
            HealthStatus? last = null;
            while (!cancellationToken.IsCancellationRequested)
            {
                await notifications.WaitForResourceAsync(
                    resource.Name, KnownResourceStates.Running, cancellationToken).ConfigureAwait(false);
                var status = HealthStatus.Healthy;
                if (keys.Count > 0)
                {
                    status = (await checks.CheckHealthAsync(c => keys.Contains(c.Name), cancellationToken)
                        .ConfigureAwait(false)).Status;
                }

                Publish(resource, status);
                if (last is not null && last != status)
                {
                    output.WriteLine(ConsoleOutput.AppHost, $"Resource '{resource.Name}' is {status}.");
                }

                last = status == HealthStatus.Healthy || last is not null ? status : null;
                await Task.Delay(status == HealthStatus.Healthy ? s_later : s_first, cancellationToken)
                    .ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The application stops.
        }
    }

    private void Publish(IResource resource, HealthStatus status)
    {
        foreach (var replica in notifications.All().Where(e => e.Resource == resource))
        {
            notifications.Publish(resource, replica.ResourceId, s => s with
            {
                HealthStatus = s.State?.Text == KnownResourceStates.Running ? status : null,
            });
        }
    }
}
