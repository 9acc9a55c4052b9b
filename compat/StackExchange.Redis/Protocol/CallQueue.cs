namespace StackExchange.Redis;

/// <summary>Calls that wait for a connection or for their turn on it, first in first out.</summary>
internal sealed class CallQueue : IDisposable
{
    private readonly LinkedList<PendingCall> _calls = new();
    private readonly SemaphoreSlim _signal = new(0);
    private bool _closed;

    public bool Enqueue(PendingCall call)
    {
        lock (_calls)
        {
            if (_closed)
                return false;
            _calls.AddLast(call);
            if (_calls.Count == 1)
                _signal.Release();
        }

        return true;
    }

    /// <summary>Takes a call out that its caller no longer waits for; false when it was already sent.</summary>
    public bool Remove(PendingCall call)
    {
        lock (_calls)
            return !call.IsSent && _calls.Remove(call);
    }

    /// <summary>Waits until there may be a call.</summary>
    public Task WaitAsync(CancellationToken cancellation) => _signal.WaitAsync(cancellation);

    /// <summary>Takes the first call and marks it as sent on this connection.</summary>
    public PendingCall? Take(RedisConnection connection)
    {
        lock (_calls)
        {
            if (_calls.First is not { } first)
                return null;
            _calls.RemoveFirst();
            first.Value.MarkSent(connection);
            return first.Value;
        }
    }

    public void Dispose() => _signal.Dispose();

    public void Close(Exception reason)
    {
        lock (_calls)
        {
            _closed = true;
            foreach (var call in _calls)
                call.Fail(reason);
            _calls.Clear();
        }
    }
}
