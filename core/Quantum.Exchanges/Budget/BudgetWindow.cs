namespace Quantum.Exchanges.Budget;

/// <summary>
/// The arithmetic of a budget, as <c>budget.lua</c> has it word for word: sliding windows in steps, shares by urgency,
/// a pace for queries and entries. Times are ms of one clock. For one thread.
/// </summary>
internal sealed class BudgetWindow(BudgetLimits limits)
{
    /// <summary>The wait of a request that is above its share of a whole window, ms.</summary>
    public const long Never = long.MaxValue / 4;

    private const int Kinds = 3;

    private readonly List<Spent> _log = [];
    private readonly int[] _spans = [limits.MinuteSteps, limits.TenSecondSteps, limits.MinuteSteps];
    private readonly int[] _limits = [limits.WeightMinute, limits.OrdersTenSeconds, limits.OrdersMinute];
    private readonly double[] _pace = new double[2 * Kinds];
    private readonly long[] _used = new long[Kinds];
    private long _overMs;
    private long _stopMs;

    /// <summary>Counts a request when it may be sent at <paramref name="nowMs"/>.</summary>
    /// <returns>0, or in how many ms it can be asked for again.</returns>
    public long Take(long nowMs, RequestUrgency urgency, RequestCost cost)
    {
        Drop(nowMs);
        // An order that reduces has no weight: a refusal for the weight does not hold it up, a ban does.
        var isFree = urgency == RequestUrgency.Exit && cost is { Weight: 0, Orders: > 0 } && nowMs >= BanEndMs;
        var wait = isFree ? 0 : Math.Max(0, _overMs - nowMs);
        if (urgency == RequestUrgency.Entry) wait = Math.Max(wait, _stopMs - nowMs);
        for (var kind = 0; kind < Kinds; kind++)
        {
            var units = Units(cost, kind);
            if (units == 0) continue;
            wait = Math.Max(wait, UntilFree(nowMs, kind, units, urgency));
            wait = Math.Max(wait, UntilPaced(nowMs, kind, urgency));
        }

        if (wait > 0) return wait;
        Spend(nowMs, cost.Weight, cost.Orders);
        Pace(nowMs, urgency, cost);
        return 0;
    }

    /// <summary>Brings the use up to what the venue has counted.</summary>
    public void Tell(long nowMs, BudgetUse use)
    {
        Drop(nowMs);
        var weight = Math.Max(0, (use.WeightMinute ?? 0) - _used[0]);
        var orders = Math.Max(
            Math.Max(0, (use.OrdersTenSeconds ?? 0) - _used[1]), (use.OrdersMinute ?? 0) - _used[2]);
        if (weight > 0 || orders > 0) Spend(nowMs, (int)weight, (int)orders);
    }

    /// <summary>
    /// Nothing is sent for so long, but, when it is no ban, exits
    /// that are orders without weight; after a ban entries wait on.
    /// </summary>
    public void Refuse(long nowMs, long retryAfterMs, bool isBan)
    {
        _overMs = Math.Max(_overMs, nowMs + retryAfterMs);
        if (!isBan) return;
        _stopMs = Math.Max(_stopMs, nowMs + retryAfterMs + (long)limits.EntriesStoppedAfterBan.TotalMilliseconds);
    }

    /// <summary>The same as it is known elsewhere: how long nothing is sent, and no entries, ms from now.</summary>
    public void Adopt(long nowMs, long overMs, long stopMs) =>
        (_overMs, _stopMs) = (Math.Max(_overMs, nowMs + overMs), Math.Max(_stopMs, nowMs + stopMs));

    /// <summary>How long nothing is sent, and no entries, ms from now; 0 when that is over.</summary>
    public (long OverMs, long StopMs) Pauses(long nowMs) =>
        (Math.Max(0, _overMs - nowMs), Math.Max(0, _stopMs - nowMs));

    private long BanEndMs => _stopMs - (long)limits.EntriesStoppedAfterBan.TotalMilliseconds;

    private static int Units(RequestCost cost, int kind) => kind == 0 ? cost.Weight : cost.Orders;

    private static long Units(in Spent spent, int kind) => kind == 0 ? spent.Weight : spent.Orders;

    private long StepOf(long nowMs) => nowMs / limits.StepMs;

    private double ShareOf(long nowMs, RequestUrgency urgency) => urgency switch
    {
        RequestUrgency.Exit => 1,
        RequestUrgency.Entry => limits.EntryShare,
        _ => nowMs < _stopMs ? limits.QueryShareAfterBan : limits.QueryShare,
    };

    private void Drop(long nowMs)
    {
        var step = StepOf(nowMs);
        var old = 0;
        while (old < _log.Count && _log[old].Step < step - _spans[0]) old++;
        _log.RemoveRange(0, old);
        Array.Clear(_used);
        foreach (var spent in _log)
        {
            for (var kind = 0; kind < Kinds; kind++)
                if (spent.Step >= step - _spans[kind]) _used[kind] += Units(in spent, kind);
        }
    }

    // The oldest steps that must leave the window first.
    private long UntilFree(long nowMs, int kind, int units, RequestUrgency urgency)
    {
        var tooMany = _used[kind] + units - (long)Math.Floor(_limits[kind] * ShareOf(nowMs, urgency));
        if (tooMany <= 0) return 0;
        var step = StepOf(nowMs);
        foreach (var spent in _log)
        {
            if (spent.Step < step - _spans[kind]) continue;
            tooMany -= Units(in spent, kind);
            if (tooMany <= 0) return (spent.Step + _spans[kind] + 1) * limits.StepMs - nowMs;
        }

        return Never;
    }

    // Whoever may be made to wait comes at a pace, so that what must not wait finds room all the time.
    private long UntilPaced(long nowMs, int kind, RequestUrgency urgency)
    {
        if (urgency == RequestUrgency.Exit) return 0;
        var isEntry = urgency == RequestUrgency.Entry;
        var share = isEntry ? limits.EntryShare : limits.QueryShare;
        var ahead = limits.BurstShare / share * WidthMs(kind);
        return (long)Math.Ceiling(Math.Max(0, _pace[isEntry ? kind : kind + Kinds] - nowMs - ahead));
    }

    private void Pace(long nowMs, RequestUrgency urgency, RequestCost cost)
    {
        if (urgency == RequestUrgency.Exit) return;
        for (var kind = 0; kind < Kinds; kind++)
        {
            var units = Units(cost, kind);
            if (units == 0) continue;
            if (urgency == RequestUrgency.Entry) Advance(kind, limits.EntryShare);
            // Entries hold up queries, never the other way round; at most for a window.
            Advance(kind + Kinds, limits.QueryShare);

            void Advance(int index, double share) => _pace[index] = Math.Min(
                nowMs + WidthMs(kind), Math.Max(_pace[index], nowMs) + units * WidthMs(kind) / (_limits[kind] * share));
        }
    }

    private double WidthMs(int kind) => (double)(_spans[kind] + 1) * limits.StepMs;

    private void Spend(long nowMs, int weight, int orders)
    {
        if (weight == 0 && orders == 0) return;
        var step = StepOf(nowMs);
        if (_log.Count > 0 && _log[^1].Step >= step)
            _log[^1] = _log[^1] with { Weight = _log[^1].Weight + weight, Orders = _log[^1].Orders + orders };
        else _log.Add(new Spent(step, weight, orders));
    }

    private readonly record struct Spent(long Step, int Weight, int Orders);
}
