using System.Diagnostics;
using Quantum.Exchanges.Budget;

namespace Quantum.Exchanges.Tests.Budget;

/// <summary>What a budget promises, held against each that there is.</summary>
public abstract class RateBudgetConformance
{
    private const int SecondMs = 1_000;

    // Long enough for the call itself on a busy machine, short of any window.
    private const int AtOnceMs = 1_500;

    // Ten times as slow as Binance: what ripens while a busy machine stands still is little.
    private const int SlowMinuteMs = 600 * SecondMs;

    /// <summary>Shares without a pace, so that a test can fill a window at once.</summary>
    internal static readonly BudgetLimits AtOnce = new() { BurstShare = 1 };

    private static readonly RequestCost s_query = new(10, 0);
    private static readonly RequestCost s_order = new(0, 1);
    private static readonly RequestCost s_exit = new(1, 1);

    private static long NowMs => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    [Fact]
    public async Task Queries_get_three_fifths_of_a_window_entries_four_fifths_and_exits_all_of_it()
    {
        var limits = AtOnce with { WeightMinute = 100, OrdersTenSeconds = 100, OrdersMinute = 100 };
        using var budget = Open(limits);
        Assert.Equal(6, await CountAtOnce(budget, RequestUrgency.Query, s_query));
        Assert.Equal(20, await CountAtOnce(budget, RequestUrgency.Entry, new RequestCost(1, 1)));
        Assert.Equal(20, await CountAtOnce(budget, RequestUrgency.Exit, s_exit));
        // Orders are counted apart from weight.
        Assert.Equal(40, await CountAtOnce(budget, RequestUrgency.Entry, s_order));
        Assert.Equal(20, await CountAtOnce(budget, RequestUrgency.Exit, s_order));
        Assert.Equal(0, await CountAtOnce(budget, RequestUrgency.Query, s_query));
    }

    [Fact]
    public async Task What_may_wait_comes_at_its_pace_and_what_may_not_does_not()
    {
        using var slow = Open(new BudgetLimits { MinuteMs = SlowMinuteMs });
        // A twentieth of 2,400 at once and the one with which that is overdrawn, and what ripens meanwhile.
        Assert.InRange(await CountAtOnce(slow, RequestUrgency.Query, s_query, most: 40), 13, 24);
        // At the pace of entries a hundred would take 39 s.
        var clock = Stopwatch.StartNew();
        Assert.Equal(100, await CountAtOnce(slow, RequestUrgency.Exit, s_exit, most: 100));
        Assert.InRange(clock.ElapsedMilliseconds, 0, 20 * SecondMs);
        // 15 orders at once, and then 240 in eleven seconds.
        using var budget = Open(new BudgetLimits());
        clock.Restart();
        for (var i = 0; i < 60; i++)
            Assert.True(await budget.TakeAsync(
                RequestUrgency.Entry, s_order, NowMs + 20 * SecondMs, CancellationToken.None));
        Assert.True(clock.ElapsedMilliseconds > 1_500, $"60 entries in {clock.ElapsedMilliseconds} ms");
    }

    [Fact]
    public async Task Who_waits_is_served_when_the_window_has_moved_on()
    {
        using var budget = Open(AtOnce with { OrdersTenSeconds = 10, OrdersMinute = 1_000, MinuteMs = 30 * SecondMs });
        var clock = Stopwatch.StartNew();
        Assert.Equal(10, await CountAtOnce(budget, RequestUrgency.Exit, s_order, most: 11));
        Assert.True(await budget.TakeAsync(
            RequestUrgency.Exit, s_order, NowMs + 25 * SecondMs, CancellationToken.None));
        Assert.InRange(clock.ElapsedMilliseconds, 5 * SecondMs, 30 * SecondMs);
    }

    [Fact]
    public async Task What_could_not_be_sent_in_time_is_not_sent()
    {
        using var budget = Open(AtOnce with { OrdersMinute = 3, OrdersTenSeconds = 3 });
        Assert.Equal(3, await CountAtOnce(budget, RequestUrgency.Exit, s_order, most: 4));
        // It is told when it is certain, not when the time is over.
        var clock = Stopwatch.StartNew();
        Assert.False(await budget.TakeAsync(
            RequestUrgency.Exit, s_order, NowMs + 30 * SecondMs, CancellationToken.None));
        Assert.InRange(clock.ElapsedMilliseconds, 0, 20 * SecondMs);
        Assert.False(await budget.TakeAsync(
            RequestUrgency.Query, s_query, NowMs - 1, CancellationToken.None));
    }

    [Fact]
    public async Task An_exit_overtakes_everything_that_waits()
    {
        var limits = AtOnce with { WeightMinute = 100, OrdersTenSeconds = 100, OrdersMinute = 100 };
        using var budget = Open(limits);
        using var cancel = new CancellationTokenSource();
        await CountAtOnce(budget, RequestUrgency.Entry, new RequestCost(1, 1), most: 81);
        var waiting = Enumerable.Range(0, 50).Select(i => budget.TakeAsync(
            i % 2 == 0 ? RequestUrgency.Entry : RequestUrgency.Query, new RequestCost(1, i % 2),
            NowMs + 600 * SecondMs, cancel.Token).AsTask()).ToArray();
        Assert.True(await budget.TakeAsync(
            RequestUrgency.Exit, s_exit, NowMs + 20 * SecondMs, CancellationToken.None));
        Assert.DoesNotContain(waiting, task => task.IsCompleted);
        await cancel.CancelAsync();
        foreach (var task in waiting) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.True(await budget.TakeAsync(
            RequestUrgency.Exit, s_exit, NowMs + 20 * SecondMs, CancellationToken.None));
    }

    [Fact]
    public async Task An_exit_that_costs_no_order_does_not_wait_for_one_that_does()
    {
        using var budget = Open(AtOnce with { OrdersTenSeconds = 2, OrdersMinute = 2 });
        await CountAtOnce(budget, RequestUrgency.Exit, s_order, most: 3);
        var order = budget.TakeAsync(
            RequestUrgency.Exit, s_order, NowMs + 600 * SecondMs, CancellationToken.None).AsTask();
        Assert.True(await budget.TakeAsync(
            RequestUrgency.Exit, new RequestCost(1, 0), NowMs + 20 * SecondMs, CancellationToken.None));
        Assert.False(order.IsCompleted);
        budget.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => order);
    }

    [Fact]
    public async Task The_higher_of_both_counts_holds()
    {
        using var budget = Open(AtOnce with { WeightMinute = 100, OrdersTenSeconds = 100, OrdersMinute = 100 });
        Assert.Equal(30, await CountAtOnce(budget, RequestUrgency.Exit, s_exit, most: 30));
        budget.Tell(new BudgetUse(7, null, 8));
        Assert.Equal(10, await CountAtOnce(budget, RequestUrgency.Exit, s_exit, most: 10));
        budget.Tell(new BudgetUse(95, null, null));
        Assert.Equal(5, await CountAtOnce(budget, RequestUrgency.Exit, s_exit));
        budget.Tell(new BudgetUse(null, 98, 20));
        Assert.Equal(2, await CountAtOnce(budget, RequestUrgency.Exit, s_order));
        budget.Tell(new BudgetUse(4_000, 4_000, 4_000));
        Assert.Equal(0, await CountAtOnce(budget, RequestUrgency.Exit, s_order));
    }

    [Fact]
    public async Task After_a_refusal_nothing_is_sent_before_it_is_over()
    {
        using var budget = Open(AtOnce);
        budget.Refused(TimeSpan.FromSeconds(5), isBan: false);
        var clock = Stopwatch.StartNew();
        Assert.False(await budget.TakeAsync(
            RequestUrgency.Exit, s_exit, NowMs + SecondMs / 2, CancellationToken.None));
        // A shorter one does not shorten it.
        budget.Refused(TimeSpan.FromMilliseconds(1), isBan: false);
        Assert.True(await budget.TakeAsync(
            RequestUrgency.Exit, s_exit, NowMs + 20 * SecondMs, CancellationToken.None));
        Assert.InRange(clock.ElapsedMilliseconds, 4_900, 20_000);
        Assert.True(await budget.TakeAsync(
            RequestUrgency.Entry, s_order, NowMs + 20 * SecondMs, CancellationToken.None));
    }

    [Fact]
    public async Task A_refusal_that_is_no_ban_holds_up_no_exit_without_weight()
    {
        using var budget = Open(AtOnce);
        var order = new RequestCost(0, 1);
        budget.Refused(TimeSpan.FromSeconds(60), isBan: false);
        Assert.True(await budget.TakeAsync(RequestUrgency.Exit, order, NowMs + 20 * SecondMs, CancellationToken.None));
        Assert.False(await budget.TakeAsync(RequestUrgency.Entry, order, NowMs + SecondMs, CancellationToken.None));
        budget.Refused(TimeSpan.FromSeconds(60), isBan: true);
        Assert.False(await budget.TakeAsync(RequestUrgency.Exit, order, NowMs + SecondMs, CancellationToken.None));
    }

    [Fact]
    public async Task A_refusal_that_is_no_ban_holds_up_no_exit_behind_a_ban_that_is_over()
    {
        using var budget = Open(AtOnce with { EntriesStoppedAfterBan = TimeSpan.FromMinutes(10) });
        var order = new RequestCost(0, 1);
        budget.Refused(TimeSpan.FromMilliseconds(300), isBan: true);
        Assert.True(await budget.TakeAsync(RequestUrgency.Exit, order, NowMs + 20 * SecondMs, CancellationToken.None));
        budget.Refused(TimeSpan.FromSeconds(60), isBan: false);
        Assert.True(await budget.TakeAsync(RequestUrgency.Exit, order, NowMs + 20 * SecondMs, CancellationToken.None));
        budget.Refused(TimeSpan.FromSeconds(60), isBan: true);
        Assert.False(await budget.TakeAsync(RequestUrgency.Exit, order, NowMs + SecondMs, CancellationToken.None));
    }

    [Fact]
    public async Task After_a_ban_entries_stay_stopped_and_queries_leave_more_for_exits()
    {
        var limits = AtOnce with
        {
            WeightMinute = 100, OrdersTenSeconds = 100, OrdersMinute = 100,
            EntriesStoppedAfterBan = TimeSpan.FromSeconds(8),
        };
        using var budget = Open(limits);
        budget.Refused(TimeSpan.FromMilliseconds(300), isBan: true);
        var clock = Stopwatch.StartNew();
        Assert.True(await budget.TakeAsync(
            RequestUrgency.Exit, s_exit, NowMs + 20 * SecondMs, CancellationToken.None));
        Assert.False(await budget.TakeAsync(
            RequestUrgency.Entry, s_order, NowMs + SecondMs, CancellationToken.None));
        Assert.Equal(2, await CountAtOnce(budget, RequestUrgency.Query, s_query));
        Assert.Equal(79, await CountAtOnce(budget, RequestUrgency.Exit, new RequestCost(1, 0)));
        Assert.True(await budget.TakeAsync(
            RequestUrgency.Entry, s_order, NowMs + 20 * SecondMs, CancellationToken.None));
        Assert.InRange(clock.ElapsedMilliseconds, 8_200, 30_000);
    }

    [Theory]
    [InlineData(RequestUrgency.Exit, 2_401, 0)]
    [InlineData(RequestUrgency.Exit, 0, 301)]
    [InlineData(RequestUrgency.Entry, 0, 241)]
    [InlineData(RequestUrgency.Query, 721, 0)]
    [InlineData(RequestUrgency.Query, -1, 0)]
    [InlineData(RequestUrgency.Exit, 0, -1)]
    public async Task What_no_window_could_hold_is_refused_at_once(RequestUrgency urgency, int weight, int orders)
    {
        using var budget = Open(new BudgetLimits());
        await Assert.ThrowsAsync<ArgumentException>(async () => await budget.TakeAsync(
            urgency, new RequestCost(weight, orders), NowMs + SecondMs, CancellationToken.None));
    }

    /// <summary>How many are sent without any wait; a refusal ends the count.</summary>
    internal static async Task<int> CountAtOnce(
        IRateBudget budget, RequestUrgency urgency, RequestCost cost, int most = 1_000)
    {
        for (var count = 0; count < most; count++)
        {
            if (!await budget.TakeAsync(urgency, cost, NowMs + AtOnceMs, CancellationToken.None)) return count;
        }

        return most;
    }

    /// <summary>A budget of its own.</summary>
    private protected abstract TestBudget Open(BudgetLimits limits);

    /// <summary>A budget that ends with its test.</summary>
    private protected sealed class TestBudget(IRateBudget inner) : IRateBudget, IDisposable
    {
        public ValueTask<bool> TakeAsync(
            RequestUrgency urgency, RequestCost cost, long latestMs, CancellationToken cancel) =>
            inner.TakeAsync(urgency, cost, latestMs, cancel);

        public void Tell(BudgetUse use) => inner.Tell(use);

        public void Refused(TimeSpan retryAfter, bool isBan) => inner.Refused(retryAfter, isBan);

        public void Dispose() => ((IDisposable)inner).Dispose();
    }
}
