using System.Collections.Concurrent;

namespace Quantum.Venue.Engine;

/// <summary>
/// The one thread that owns all state of the venue: market, accounts and subscriptions. What is posted and asked is
/// done in the order in which it came.
/// </summary>
public sealed class VenueLoop : IDisposable
{
    private const int StrikeMs = 5;
    private readonly ConcurrentQueue<Work> _queue = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private readonly VenueClock _clock;
    private volatile bool _isStopping;
    private volatile Exception? _fault;
    private int _isAsleep;
    private long _struckMs;

    public VenueLoop(VenueClock clock)
    {
        _clock = clock;
        _thread = new Thread(Run) { Name = "venue", IsBackground = true };
    }

    /// <summary>Called on the loop's thread every few milliseconds with the venue's time, UTC epoch ms.</summary>
    public event Action<long>? Struck;

    /// <summary>Ends with the loop; with the fault that ended it, if one did.</summary>
    public Task Ended => _ended.Task;

    public void Start() => _thread.Start();

    /// <summary>Has something done on the loop's thread. What it throws ends the venue.</summary>
    public void Post(Action what)
    {
        ArgumentNullException.ThrowIfNull(what);
        Add(new Posted(what));
    }

    /// <summary>
    /// Has something answered on the loop's thread; what it throws, the task throws. Asked by a feed after each step,
    /// it keeps the feed from running ahead.
    /// </summary>
    public Task<T> Ask<T>(Func<T> question)
    {
        ArgumentNullException.ThrowIfNull(question);
        var asked = new Asked<T>(question);
        Add(asked);
        return asked.Task;
    }

    public void Dispose()
    {
        _isStopping = true;
        _wake.Set();
        if (_thread.IsAlive && Environment.CurrentManagedThreadId != _thread.ManagedThreadId) _thread.Join();
        RefuseRest();
        _wake.Dispose();
    }

    private void Add(Work work)
    {
        _queue.Enqueue(work);
        // Else the loop could be found awake before it sees the work, and sleep over it.
        Interlocked.MemoryBarrier();
        if (_ended.Task.IsCompleted) RefuseRest();
        else if (Volatile.Read(ref _isAsleep) != 0) _wake.Set();
    }

    private void Run()
    {
        try
        {
            while (!_isStopping)
            {
                while (!_isStopping && _queue.TryDequeue(out var work))
                {
                    work.Do();
                    Strike();
                }

                Strike();
                Sleep();
            }
        }
        catch (Exception fault)
        {
            _fault = fault;
        }

        if (_fault is { } cause) _ended.TrySetException(cause);
        else _ended.TrySetResult();
        RefuseRest();
    }

    private void Sleep()
    {
        Interlocked.Exchange(ref _isAsleep, 1);
        if (_queue.IsEmpty && !_isStopping) _wake.WaitOne(StrikeMs);
        Interlocked.Exchange(ref _isAsleep, 0);
    }

    private void Strike()
    {
        var nowMs = _clock.NowMs;
        // Also when the clock was set back.
        if (Math.Abs(nowMs - _struckMs) < StrikeMs) return;
        _struckMs = nowMs;
        Struck?.Invoke(nowMs);
    }

    private void RefuseRest()
    {
        while (_queue.TryDequeue(out var work))
            work.Refuse(new InvalidOperationException("the venue has ended.", _fault));
    }

    private abstract class Work
    {
        public abstract void Do();

        public abstract void Refuse(Exception why);
    }

    private sealed class Posted(Action what) : Work
    {
        public override void Do() => what();

        public override void Refuse(Exception why)
        {
            // Nobody waits for it.
        }
    }

    private sealed class Asked<T>(Func<T> question) : Work
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Task => _answer.Task;

        public override void Do()
        {
            try
            {
                _answer.SetResult(question());
            }
            catch (Exception fault)
            {
                _answer.SetException(fault);
            }
        }

        public override void Refuse(Exception why) => _answer.TrySetException(why);
    }
}
