using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quantum.EventLog.Runner;
using Quantum.Hosting.Logging;
using Quantum.ServiceDefaults.Health;

namespace Quantum.Hosting;

/// <summary>
/// Tells health once a second how far the roles are, and the log once a minute what keeps them from working: a failure
/// that comes and goes with every attempt is one failure.
/// </summary>
internal sealed class ProgressFeed(
    LogHost host, ProgressHealth health, TimeProvider time, ILogger<ProgressFeed> logger) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, ConsumerProgress> _consumers = [];
    private readonly SeatFaults _faults = new(time, logger);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every);
        try
        {
            do Feed();
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A host that stops while it starts takes this for a failure and tells its whole stack.
        }
    }

    private void Feed()
    {
        foreach (var progress in host.Progress)
        {
            var name = $"{progress.Role}/{progress.StreamKey}";
            if (!_consumers.TryGetValue(name, out var consumer))
                _consumers[name] = consumer = health.Register(
                    progress.Role, progress.StreamKey, TimeSpan.FromMilliseconds(progress.LagObjectiveMs));
            consumer.Lease(LeaseOf(progress));
            consumer.Unread(progress.OldestUnreadMs > 0 ? 1 : 0);
        }

        // A fault is the seat's: told once for each of its streams it would name those that are well, too.
        foreach (var seat in host.Progress.GroupBy(progress => (progress.Role, progress.Shard)))
        {
            var progress = seat.First();
            var name = host.Log.Keys.Shards == 1 ? progress.Role : $"{progress.Role}/{progress.Shard}";
            _faults.See(name, progress.Fault);
        }

        _faults.Tell();
    }

    // Without a lease and without a fault another replica does the work.
    private static LeaseState LeaseOf(RunnerProgress progress) =>
        progress.HasLease ? LeaseState.Held : progress.Fault is null ? LeaseState.Standby : LeaseState.None;
}
