using Quantum.Governance.Watchdog;

namespace Quantum.Governance.Alerts;

/// <summary>
/// What one channel has still to tell, in order and bounded. What does not arrive is tried again later, after a pause
/// that grows; a new alert waits behind it.
/// </summary>
public sealed class AlertQueue(IAlertChannel channel, WatchdogMeter meter, ILogger logger, TimeProvider time)
    : IDisposable
{
    /// <summary>The most alerts that wait; then the oldest is given up.</summary>
    public const int Most = 100;

    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_longestAsked = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly LinkedList<Waiting> _waiting = [];
    private readonly SemaphoreSlim _news = new(0);
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;
    private int _failures;

    /// <summary>Adds an alert; <paramref name="done"/> hears once whether it arrived, or was refused or given up.
    /// </summary>
    public void Add(Alert alert, Action<bool> done)
    {
        Waiting? dropped = null;
        lock (_gate)
        {
            _waiting.AddLast(new Waiting(alert, done));
            if (_waiting.Count > Most)
            {
                dropped = _waiting.First!.Value;
                _waiting.RemoveFirst();
            }
        }

        if (dropped is not null)
        {
            meter.Alert(channel.Name, "dropped");
            logger.LogWarning("Alerts by {Channel} wait too long: the oldest ({Summary}) is given up.", channel.Name,
                dropped.Alert.Summary);
            dropped.Done(false);
        }

        Nudge();
    }

    /// <summary>Tries again what waits, unless its pause is not over.</summary>
    public void Nudge() => _news.Release();

    /// <summary>Delivers until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            await _news.WaitAsync(cancel);
            while (time.GetUtcNow() >= _notBefore && First() is { } next)
            {
                if (!await DeliverAsync(next, cancel)) break;
            }
        }
    }

    public void Dispose() => _news.Dispose();

    private async Task<bool> DeliverAsync(Waiting next, CancellationToken cancel)
    {
        var outcome = await channel.SendAsync(next.Alert, cancel);
        if (outcome.State == AlertState.Later)
        {
            Postpone(outcome);
            return false;
        }

        var isDelivered = outcome.State == AlertState.Delivered;
        meter.Alert(channel.Name, isDelivered ? "delivered" : "refused");
        if (!isDelivered)
            logger.LogError("Alert {Id} was not taken by {Channel} and is not sent again: {Why}.", next.Alert.Id,
                channel.Name, outcome.Why);
        else if (_failures > 0)
            logger.LogInformation("Alerts by {Channel} arrive again.", channel.Name);
        _failures = 0;
        lock (_gate) _waiting.Remove(next);
        next.Done(isDelivered);
        return true;
    }

    private void Postpone(AlertOutcome outcome)
    {
        meter.Alert(channel.Name, "failed");
        var pause = outcome.Pause ?? s_firstPause * Math.Pow(2, Math.Min(_failures, 10));
        var limit = outcome.Pause is null ? s_longestPause : s_longestAsked;
        _notBefore = time.GetUtcNow() + (pause < limit ? pause : limit);
        if (_failures++ == 0)
            logger.LogWarning("Alerts by {Channel} do not arrive: {Why}. They wait and are tried again.",
                channel.Name, outcome.Why);
    }

    private Waiting? First()
    {
        lock (_gate) return _waiting.First?.Value;
    }

    private sealed record Waiting(Alert Alert, Action<bool> Done);
}
