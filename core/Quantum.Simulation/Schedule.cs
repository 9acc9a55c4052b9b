using Quantum.InProcess;

namespace Quantum.Simulation;

/// <summary>What is to happen later, by time and, at the same time, in the order in which it was said.</summary>
internal sealed class Schedule(TapeTime time)
{
    private readonly PriorityQueue<Action, (long AtMs, long Number)> _due = new();
    private long _number;

    /// <summary>When the next of it is due, UTC epoch ms; null when nothing waits.</summary>
    public long? NextMs => _due.TryPeek(out _, out var key) ? key.AtMs : null;

    public void After(long delayMs, Action action) => _due.Enqueue(action, (time.NowMs + delayMs, ++_number));

    /// <summary>Does the next of it, at its time.</summary>
    public void DoNext()
    {
        if (!_due.TryDequeue(out var action, out var key)) return;
        time.MoveTo(key.AtMs);
        action();
    }
}
