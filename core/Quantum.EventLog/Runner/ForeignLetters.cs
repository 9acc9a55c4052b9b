using Quantum.Contracts.Catalog;

namespace Quantum.EventLog.Runner;

/// <summary>
/// Puts aside, as dead letters of a stream, what the outside world tells and nobody understands: they alarm. Past sixty
/// in a minute the rest is left to the log of whoever heard it. For one thread.
/// </summary>
/// <param name="log">Where to.</param>
/// <param name="stream">What it would have become an entry of.</param>
/// <param name="role">Who was told.</param>
public sealed class ForeignLetters(IEventLog log, EventStream stream, string role)
{
    private const int MostPerMinute = 60;

    private long _minute;
    private int _count;

    /// <summary>Puts it aside, and waits for a log that is away.</summary>
    /// <param name="what">What it is, as a name.</param>
    /// <param name="payload">What was told.</param>
    /// <param name="nowMs">When, UTC epoch ms.</param>
    /// <param name="onAway">Told before each pause why the log is away.</param>
    /// <param name="cancel">Ends waiting with an <see cref="OperationCanceledException"/>.</param>
    public void PutAside(string what, string payload, long nowMs, Action<string> onAway, CancellationToken cancel)
    {
        var minute = nowMs / 60_000;
        (_minute, _count) = (minute, minute == _minute ? _count + 1 : 1);
        if (_count > MostPerMinute) return;
        LogPatience.Call(() => DeadLetters.PutAside(log, stream, role, what, payload, nowMs), onAway, cancel);
    }
}
