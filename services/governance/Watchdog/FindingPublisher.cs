using Quantum.EventLog;
using Quantum.EventLog.Runner;
using Quantum.Governance.Alerts;
using Quantum.Hosting;

namespace Quantum.Governance.Watchdog;

/// <summary>
/// Publishes on <c>audit.finding</c>, in order, and keeps what could not be written yet. Silent on a recording: an
/// event moves its reader's clock, and the run's result would depend on when this machine looked. For one thread.
/// </summary>
public sealed class FindingPublisher(IEventLog log, QuantumOptions options, ILogger<FindingPublisher> logger)
{
    private const int Most = 1000;
    private readonly EventSource _source = new(log, RoleNames.Watchdog, options.Mode, options.IsTape);
    private readonly Queue<(AuditFinding Finding, string EventId, long AtMs)> _waiting = new();
    private string? _fault;

    /// <summary>True when nothing waits to be written.</summary>
    public bool IsEmpty => _waiting.Count == 0;

    public void Add(IEnumerable<FindingChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        if (options.IsTape) return;
        foreach (var change in changes)
        {
            if (change.ToEvent() is { } finding)
                _waiting.Enqueue((finding, "finding-" + Alert.HashOf(change.Identity), change.AtMs));
        }

        while (_waiting.Count > Most) _waiting.Dequeue();
    }

    /// <summary>Writes what waits; what the log does not take stays for the next time.</summary>
    public void Flush()
    {
        try
        {
            while (_waiting.TryPeek(out var next))
            {
                _source.Publish(StreamCatalog.AuditFinding, next.Finding, next.EventId, next.AtMs, once: true);
                _waiting.Dequeue();
            }

            _fault = null;
        }
        catch (Exception fault) when (fault is LogUnavailableException or LogRefusedException)
        {
            if (_fault != fault.Message) logger.LogWarning("Findings cannot be published yet: {Reason}", fault.Message);
            _fault = fault.Message;
        }
    }

    /// <summary>Forgets what waits: another replica watches now and tells it.</summary>
    public void Clear() => _waiting.Clear();
}
