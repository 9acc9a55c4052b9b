using Microsoft.Extensions.Hosting;

namespace Quantum.ServiceDefaults.Telemetry;

/// <summary>Starts the exporters with the host, which resolves them here, and flushes them when it stops.</summary>
internal sealed class TelemetryHost(TelemetryProviders providers) : IHostedService
{
    // A collector that is away must not use up the host's time to stop.
    private const int FinishTimeoutMs = 3_000;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.Run(() => providers.Finish(FinishTimeoutMs), cancellationToken);
}
