using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quantum.EventLog;
using Quantum.EventLog.Runner;

namespace Quantum.Hosting;

/// <summary>Runs the service's roles and gateways between the start and the stop of its host.</summary>
internal sealed class LogHostService(LogHost host, QuantumOptions options, ILogger<LogHostService> logger)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            host.Start();
        }
        catch (Exception fault) when (
            fault is LogRefusedException or LogUnavailableException or InvalidOperationException)
        {
            throw new StartupException(fault.Message, fault);
        }

        foreach (var warning in host.Warnings) logger.LogWarning("{Warning}", warning);
        logger.LogInformation(
            "Mode {Mode}, {Time}, {Shards} shard(s); reads {Links}.",
            options.Mode, options.IsTape ? "tape time" : "real time", options.Shards,
            string.Join(", ", host.Progress.Select(p => $"{p.Role}<-{p.Stream}")));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (await Task.Run(host.Stop, cancellationToken)) return;
        logger.LogWarning(
            "Not every role finished within the drain time: what it did not commit is handled after the next start.");
    }
}
