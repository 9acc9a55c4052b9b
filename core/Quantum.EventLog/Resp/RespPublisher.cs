using System.Runtime.CompilerServices;
using Quantum.Contracts.Units;

namespace Quantum.EventLog.Resp;

/// <summary>
/// The asynchronous front for gateways: many producers, one connection, one thread. It sends what waits while the
/// answers of the batch before come in, so batches grow with the load by themselves. An append that fails with a
/// <see cref="RespServerException"/> was not executed; with a connection or timeout error after it was sent, it may
/// have been. Appends queued one after the other are stored in that order, unless a server that refuses (a replica, a
/// loading server) recovers amid a batch; await each append where order must hold even then.
/// </summary>
public sealed class RespPublisher : IDisposable
{
    private const int MaxPooled = 4_096;
    private const int MaxPooledCapacityBytes = 64 * 1024;

    private readonly RespPublisherOptions _options;
    private readonly RespPublisherLoop _loop;
    private readonly object _gate = new();
    private readonly RespAppendQueue _queue = new();
    private readonly Stack<RespAppendOperation> _pool = new();
    private readonly Queue<TaskCompletionSource> _roomWaiters = new();
    private bool _writerSleeps;
    private bool _stopping;
    private Exception? _ended;

    public RespPublisher(RespEndpoint endpoint, RespPublisherOptions? options = null)
    {
        _options = options ?? new RespPublisherOptions();
        _loop = new RespPublisherLoop(this, endpoint, _options);
    }

    /// <summary>Appends that wait to be sent; 0 or more.</summary>
    public int QueuedEntries
    {
        get
        {
            lock (_gate) return _queue.Count;
        }
    }

    /// <summary>How often a connection was made; 0 or more.</summary>
    public int Connects => _loop.Connects;

    /// <summary>
    /// Queues one append and completes with its id. <paramref name="write"/> runs at once, on the caller's thread; make
    /// it static. When the queue is full the call waits; only that wait can be cancelled. Await the result exactly
    /// once.
    /// </summary>
    public ValueTask<EntryId> AppendAsync<TState>(
        RespAppend<TState> write, TState state, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(write);
        cancel.ThrowIfCancellationRequested();
        var operation = TryRent();
        return operation is null ? AppendWhenRoomAsync(write, state, cancel) : Append(operation, write, state);
    }

    /// <summary>Sends what is queued, within the drain time, and ends. What is left then fails.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }

        _loop.Dispose();
    }

    internal void Return(RespAppendOperation operation)
    {
        operation.Recycle();
        if (operation.Writer.Capacity > MaxPooledCapacityBytes) return;
        lock (_gate)
        {
            if (_pool.Count < MaxPooled) _pool.Push(operation);
        }
    }

    /// <summary>
    /// Moves appends to the caller, at most <paramref name="room"/>. With <paramref name="mayWait"/> it waits for at
    /// least one; false then means that the publisher is stopping and nothing is left.
    /// </summary>
    internal bool Take(RespAppendQueue target, int room, bool mayWait)
    {
        lock (_gate)
        {
            while (mayWait && _queue.Count == 0)
            {
                if (_stopping) return false;
                _writerSleeps = true;
                Monitor.Wait(_gate);
                _writerSleeps = false;
            }

            for (; room > 0 && _queue.Count > 0; room--) target.Enqueue(_queue.Dequeue());
            WakeWaiters();
            return true;
        }
    }

    /// <summary>Fails the queued appends that have waited too long, or all of them.</summary>
    internal void FailQueued(Exception error, long queuedBeforeMs)
    {
        while (true)
        {
            RespAppendOperation operation;
            lock (_gate)
            {
                if (_queue.Count == 0 || _queue.Peek().QueuedAtMs > queuedBeforeMs) break;
                operation = _queue.Dequeue();
                WakeWaiters();
            }

            operation.Fail(error);
        }
    }

    /// <summary>Refuses every later append with <paramref name="error"/>.</summary>
    internal void Ended(Exception error)
    {
        lock (_gate)
        {
            _stopping = true;
            _ended = error;
            while (_roomWaiters.TryDequeue(out var waiter)) waiter.TrySetResult();
        }

        FailQueued(error, long.MaxValue);
    }

    private ValueTask<EntryId> Append<TState>(RespAppendOperation operation, RespAppend<TState> write, in TState state)
    {
        try
        {
            write(operation.Writer, in state);
            if (operation.Writer.CommandCount != 1 || operation.Writer.Written.IsEmpty)
                throw new InvalidOperationException("An append must write exactly one command.");
        }
        catch
        {
            Return(operation);
            throw;
        }

        var task = operation.Task;
        operation.QueuedAtMs = Environment.TickCount64;
        lock (_gate)
        {
            if (!_stopping)
            {
                _queue.Enqueue(operation);
                if (_writerSleeps) Monitor.Pulse(_gate);
                return task;
            }
        }

        Return(operation);
        throw Stopped();
    }

    // Pooled, because a producer that outruns Redis takes this way on every append.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<EntryId> AppendWhenRoomAsync<TState>(
        RespAppend<TState> write, TState state, CancellationToken cancel)
    {
        while (true)
        {
            var operation = TryRent();
            if (operation is not null) return await Append(operation, write, state).ConfigureAwait(false);
            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_gate)
            {
                if (IsFull && !_stopping) _roomWaiters.Enqueue(waiter);
                else waiter.SetResult();
            }

            try
            {
                await waiter.Task.WaitAsync(cancel).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // If room was given to this waiter meanwhile, the next one shall have it.
                if (!waiter.TrySetCanceled(cancel)) GiveRoomOn();
                throw;
            }
        }
    }

    private bool IsFull => _queue.Count >= _options.MaxQueuedEntries || _queue.Bytes >= _options.MaxQueuedBytes;

    private RespAppendOperation? TryRent()
    {
        lock (_gate)
        {
            if (_stopping) throw Stopped();
            if (IsFull) return null;
            if (_pool.TryPop(out var pooled)) return pooled;
            return new RespAppendOperation(this, _options.Client.Limits.MaxCommandBytes);
        }
    }

    private void GiveRoomOn()
    {
        lock (_gate) WakeWaiters();
    }

    private void WakeWaiters()
    {
        var room = Math.Max(_options.MaxQueuedEntries - _queue.Count, 0);
        if (_queue.Bytes >= _options.MaxQueuedBytes) return;
        while (room > 0 && _roomWaiters.TryDequeue(out var waiter))
        {
            if (waiter.TrySetResult()) room--;
        }
    }

    private Exception Stopped() =>
        _ended ?? new ObjectDisposedException(nameof(RespPublisher), "The publisher is stopping.");
}
