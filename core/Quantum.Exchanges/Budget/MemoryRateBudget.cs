namespace Quantum.Exchanges.Budget;

/// <summary>The budget of an account that one process alone uses.</summary>
public sealed class MemoryRateBudget : IRateBudget, IDisposable
{
    private readonly BudgetLine _line;

    /// <param name="limits">What is granted; throws <see cref="ArgumentException"/> when they cannot be.</param>
    public MemoryRateBudget(BudgetLimits? limits = null)
    {
        var granted = (limits ?? new BudgetLimits()).Checked();
        _line = new BudgetLine(granted, new MemoryCount(granted));
    }

    public ValueTask<bool> TakeAsync(
        RequestUrgency urgency, RequestCost cost, long latestMs, CancellationToken cancel) =>
        _line.TakeAsync(urgency, cost, latestMs, cancel);

    public void Tell(BudgetUse use) => _line.Tell(use);

    public void Refused(TimeSpan retryAfter, bool isBan) => _line.Refused(retryAfter, isBan);

    public void Dispose() => _line.Dispose();

    private sealed class MemoryCount(BudgetLimits limits) : IBudgetCount
    {
        private readonly BudgetWindow _window = new(limits);

        // A clock that nobody sets back.
        private static long NowMs => Environment.TickCount64;

        public long Take(RequestUrgency urgency, RequestCost cost) => _window.Take(NowMs, urgency, cost);

        public void Tell(BudgetUse use) => _window.Tell(NowMs, use);

        public void Refuse(long retryAfterMs, bool isBan) => _window.Refuse(NowMs, retryAfterMs, isBan);

        public void Dispose()
        {
        }
    }
}
