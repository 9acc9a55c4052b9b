namespace Quantum.Exchanges.Budget;

/// <summary>
/// Where requests wait for their budget: the most urgent first, of equal ones the first, and such that cost no orders
/// beside those that do. One thread asks the count, when it may have become free, not more often.
/// </summary>
internal sealed class BudgetLine : IDisposable
{
    private const int Lanes = 6;
    private const int LongestSleepMs = 1_000;

    private readonly BudgetLimits _limits;
    private readonly IBudgetCount _count;
    private readonly Lock _lock = new();
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly LinkedList<Waiter>[] _lanes =
        [.. Enumerable.Range(0, Lanes).Select(_ => new LinkedList<Waiter>())];

    private readonly Queue<(long RetryAfterMs, bool IsBan)> _refusals = new();
    private readonly Thread _thread;
    private BudgetUse? _told;
    private Exception? _fault;
    private bool _isOver;

    /// <param name="limits">What fits at all.</param>
    /// <param name="count">Used by the line's thread alone, and ended with it.</param>
    public BudgetLine(BudgetLimits limits, IBudgetCount count)
    {
        (_limits, _count) = (limits, count);
        _thread = new Thread(Run) { IsBackground = true, Name = "rate budget" };
        _thread.Start();
    }

    public ValueTask<bool> TakeAsync(
        RequestUrgency urgency, RequestCost cost, long latestMs, CancellationToken cancel)
    {
        _limits.CheckFits(urgency, cost);
        cancel.ThrowIfCancellationRequested();
        var waiter = new Waiter(urgency, cost, latestMs);
        var lane = 2 * (int)urgency + (cost.Orders > 0 ? 1 : 0);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isOver, this);
            if (_fault is { } fault) throw new InvalidOperationException($"the budget failed: {fault.Message}", fault);
            _lanes[lane].AddLast(waiter);
            _wake.Set();
        }

        return cancel.CanBeCanceled ? Cancellable(waiter, cancel) : new ValueTask<bool>(waiter.Result.Task);
    }

    public void Tell(BudgetUse use)
    {
        lock (_lock)
        {
            if (_isOver) return;
            // Several that nobody has counted yet are one: the higher of each.
            _told = _told is { } told
                ? new BudgetUse(
                    Higher(told.WeightMinute, use.WeightMinute), Higher(told.OrdersTenSeconds, use.OrdersTenSeconds),
                    Higher(told.OrdersMinute, use.OrdersMinute))
                : use;
            _wake.Set();
        }

        static int? Higher(int? one, int? other) => one is null || other > one ? other : one;
    }

    public void Refused(TimeSpan retryAfter, bool isBan)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(retryAfter, TimeSpan.Zero);
        lock (_lock)
        {
            if (_isOver) return;
            _refusals.Enqueue(((long)Math.Ceiling(retryAfter.TotalMilliseconds), isBan));
            _wake.Set();
        }
    }

    /// <summary>Whoever waits gets <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isOver) return;
            _isOver = true;
            _wake.Set();
        }

        _thread.Join();
        _count.Dispose();
        _wake.Dispose();
    }

    private static async ValueTask<bool> Cancellable(Waiter waiter, CancellationToken cancel)
    {
        await using var registration = cancel.UnsafeRegister(
            static (state, token) => ((Waiter)state!).Result.TrySetCanceled(token), waiter).ConfigureAwait(false);
        return await waiter.Result.Task.ConfigureAwait(false);
    }

    private static long NowMs() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    private void Run()
    {
        try
        {
            while (!Volatile.Read(ref _isOver)) _wake.WaitOne(Serve());
            Fail(new ObjectDisposedException(nameof(IRateBudget)));
        }
        catch (Exception e)
        {
            // Nobody may wait for a thread that is gone.
            lock (_lock) _fault = e;
            Fail(new InvalidOperationException($"the budget failed: {e.Message}", e));
        }
    }

    private void Fail(Exception error)
    {
        lock (_lock)
        {
            foreach (var waiter in _lanes.SelectMany(lane => lane)) waiter.Result.TrySetException(error);
            foreach (var lane in _lanes) lane.Clear();
        }
    }

    /// <summary>Gives what can be given; in how many ms to look again, if nobody comes before.</summary>
    private int Serve()
    {
        Span<bool> isHeld = stackalloc bool[Lanes];
        long sleep = LongestSleepMs;
        while (!Volatile.Read(ref _isOver))
        {
            Correct();
            var (lane, waiter) = Next(isHeld, out var untilLatest);
            sleep = Math.Min(sleep, untilLatest);
            if (waiter is null) return (int)Math.Max(1, sleep);
            var wait = _count.Take(waiter.Urgency, waiter.Cost);
            var now = NowMs();
            if (wait == 0)
            {
                End(lane, waiter, isSent: now <= waiter.LatestMs);
                continue;
            }

            // It is certain already: nothing makes room before that.
            if (wait > waiter.LatestMs - now)
            {
                End(lane, waiter, isSent: false);
                continue;
            }

            isHeld[lane] = true;
            sleep = Math.Min(sleep, wait);
        }

        return 0;
    }

    private void Correct()
    {
        while (true)
        {
            BudgetUse? told;
            (long RetryAfterMs, bool IsBan) refusal;
            lock (_lock)
            {
                if (!_refusals.TryDequeue(out refusal)) refusal = (-1, false);
                (told, _told) = (_told, null);
            }

            if (refusal.RetryAfterMs >= 0) _count.Refuse(refusal.RetryAfterMs, refusal.IsBan);
            if (told is { } use) _count.Tell(use);
            if (refusal.RetryAfterMs < 0) return;
        }
    }

    // Who has been cancelled or is too late leaves the line on the way.
    private (int Lane, Waiter? Waiter) Next(Span<bool> isHeld, out long untilLatest)
    {
        var now = NowMs();
        untilLatest = long.MaxValue;
        (int Lane, Waiter? Waiter) next = (0, null);
        lock (_lock)
        {
            for (var lane = 0; lane < Lanes; lane++)
            {
                for (var node = _lanes[lane].First; node is not null;)
                {
                    var (waiter, after) = (node.Value, node.Next);
                    if (waiter.LatestMs < now) waiter.Result.TrySetResult(false);
                    if (waiter.Result.Task.IsCompleted) _lanes[lane].Remove(node);
                    else untilLatest = Math.Min(untilLatest, waiter.LatestMs - now + 1);
                    node = after;
                }

                if (next.Waiter is null && !isHeld[lane] && _lanes[lane].First is { } first) next = (lane, first.Value);
            }
        }

        return next;
    }

    private void End(int lane, Waiter waiter, bool isSent)
    {
        lock (_lock) _lanes[lane].Remove(waiter);
        waiter.Result.TrySetResult(isSent);
    }

    private sealed class Waiter(RequestUrgency urgency, RequestCost cost, long latestMs)
    {
        public RequestUrgency Urgency { get; } = urgency;

        public RequestCost Cost { get; } = cost;

        public long LatestMs { get; } = latestMs;

        public TaskCompletionSource<bool> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
