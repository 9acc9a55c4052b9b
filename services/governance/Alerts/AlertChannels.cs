using System.Collections.Concurrent;
using Quantum.Governance.Watchdog;

namespace Quantum.Governance.Alerts;

/// <summary>
/// Makes one alert of what a look has to tell, hands it to every channel, and knows what was told.
/// </summary>
public sealed class AlertChannels : IDisposable
{
    private readonly IReadOnlyList<AlertQueue> _queues;
    private readonly Severity _from;
    private readonly string _mode;
    private readonly ConcurrentQueue<FindingChange> _told = new();

    /// <param name="channels">Where to; none makes everything told at once.</param>
    /// <param name="from">The least severity that is worth an alert.</param>
    /// <param name="mode">The system's mode.</param>
    /// <param name="meter">Counts what arrived.</param>
    /// <param name="logger">Told what does not arrive.</param>
    /// <param name="time">The clock.</param>
    public AlertChannels(
        IEnumerable<IAlertChannel> channels, Severity from, string mode, WatchdogMeter meter, ILogger logger,
        TimeProvider time)
    {
        (_from, _mode) = (from, mode);
        _queues = [.. channels.Select(channel => new AlertQueue(channel, meter, logger, time))];
    }

    /// <summary>Raised, on any thread, when <see cref="TakeTold"/> has something.</summary>
    public event Action? Told;

    /// <summary>Hands over what is worth an alert.</summary>
    public void Tell(IReadOnlyList<FindingChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var (worth, silent) = (new List<FindingChange>(), new List<FindingChange>());
        foreach (var change in changes)
            (_queues.Count > 0 && change.Finding.Severity >= _from ? worth : silent).Add(change);
        foreach (var change in silent) _told.Enqueue(change);
        if (worth.Count == 0) return;
        var alert = Alert.Of(worth, _mode);
        var (open, isDelivered) = (_queues.Count, 0);
        foreach (var queue in _queues)
        {
            queue.Add(alert, arrived =>
            {
                if (arrived) Volatile.Write(ref isDelivered, 1);
                // Where nobody took it, it stays untold: the next start, with mended settings, tells it again.
                if (Interlocked.Decrement(ref open) > 0 || Volatile.Read(ref isDelivered) == 0) return;
                foreach (var change in worth) _told.Enqueue(change);
                Told?.Invoke();
            });
        }
    }

    /// <summary>What was told since the last call.</summary>
    public IReadOnlyList<FindingChange> TakeTold()
    {
        var told = new List<FindingChange>();
        while (_told.TryDequeue(out var change)) told.Add(change);
        return told;
    }

    /// <summary>Tries again what waits.</summary>
    public void Nudge()
    {
        foreach (var queue in _queues) queue.Nudge();
    }

    /// <summary>Delivers until cancelled.</summary>
    public Task RunAsync(CancellationToken cancel) => Task.WhenAll(_queues.Select(queue => queue.RunAsync(cancel)));

    public void Dispose()
    {
        foreach (var queue in _queues) queue.Dispose();
    }
}
