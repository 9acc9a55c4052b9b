using Quantum.Exchanges.Budget;

namespace Quantum.Binance.Market;

/// <summary>
/// The budget of a process that only reads the market: half of what the exchange grants an address each minute, so that
/// orders sent from the same one have the other half.
/// </summary>
internal sealed class MarketBudget(TimeProvider time) : IRateBudget
{
    private const int MostWeight = 1_200;
    private const long MinuteMs = 60_000;

    private readonly Lock _lock = new();
    private long _minute;
    private int _used;
    private long _refusedUntilMs;

    public async ValueTask<bool> TakeAsync(
        RequestUrgency urgency, RequestCost cost, long latestMs, CancellationToken cancel)
    {
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var nowMs = time.NowMs();
            if (nowMs > latestMs) return false;
            var freeMs = FreeAt(cost.Weight, nowMs);
            if (freeMs <= nowMs) return true;
            if (freeMs > latestMs) return false;
            await Task.Delay(TimeSpan.FromMilliseconds(freeMs - nowMs), time, cancel).ConfigureAwait(false);
        }
    }

    public void Tell(BudgetUse use)
    {
        if (use.WeightMinute is not { } used) return;
        lock (_lock) _used = Math.Max(_used, used);
    }

    public void Refused(TimeSpan retryAfter, bool isBan)
    {
        var untilMs = time.NowMs() + (long)retryAfter.TotalMilliseconds;
        lock (_lock) _refusedUntilMs = Math.Max(_refusedUntilMs, untilMs);
    }

    /// <summary>Takes it now, or says when to ask again.</summary>
    private long FreeAt(int weight, long nowMs)
    {
        lock (_lock)
        {
            if (nowMs < _refusedUntilMs) return _refusedUntilMs;
            if (nowMs / MinuteMs != _minute) (_minute, _used) = (nowMs / MinuteMs, 0);
            if (_used > 0 && _used + weight > MostWeight) return (_minute + 1) * MinuteMs;
            _used += weight;
            return nowMs;
        }
    }
}
