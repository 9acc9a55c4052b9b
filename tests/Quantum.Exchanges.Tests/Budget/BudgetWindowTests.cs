using Quantum.Exchanges.Budget;

namespace Quantum.Exchanges.Tests.Budget;

/// <summary>The arithmetic on a clock that the test moves: what decision 17 says of it is measured here.</summary>
public sealed class BudgetWindowTests
{
    private const long StartMs = 1_000_000_000;
    private const int Minutes = 10;

    /// <summary>
    /// Three times too much demand, half the limits of it exits: none of them waits, and a venue that counts from any
    /// instant on, with requests up to 0.7 s on the way, never counts more than it grants.
    /// </summary>
    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(2, 0.5)]
    [InlineData(3, 0.2)]
    [InlineData(4, 0)]
    public void At_three_times_too_much_demand_exits_do_not_wait_and_no_window_is_overrun(int seed, double exits)
    {
        var run = new Demand(seed, new BudgetLimits(), exits, (3 - exits) / 2, (3 - exits) / 2).Run();
        Assert.Equal(0, run.LongestExitWaitMs);
        Assert.InRange(run.MostIn(60_000, sent => sent.Weight), 1, 2_400);
        Assert.InRange(run.MostIn(10_000, sent => sent.Orders), 1, 300);
        Assert.InRange(run.MostIn(60_000, sent => sent.Orders), 1, 1_200);
        // Nothing is left unused either: a window of 61 s is filled as far as the shares allow.
        Assert.True(run.Sent.Sum(sent => sent.Weight) > 0.5 * 2_400 * Minutes, "the budget is hardly used");
    }

    [Fact]
    public void Without_the_pace_that_entries_keep_exits_would_wait()
    {
        var eager = new BudgetLimits { BurstShare = 1 };
        Assert.True(new Demand(1, eager, 0.5, 1.25, 1.25).Run().LongestExitWaitMs > 1_000);
    }

    [Fact]
    public void Entries_do_not_wait_for_queries()
    {
        var run = new Demand(5, new BudgetLimits(), exits: 0.1, entries: 0.2, queries: 2.7).Run();
        Assert.Equal(0, run.LongestExitWaitMs);
        Assert.True(run.LongestEntryWaitMs <= 1_000, $"an entry waited {run.LongestEntryWaitMs} ms");
    }

    [Fact]
    public void A_burst_of_exits_as_large_as_what_is_kept_for_them_goes_at_once_from_a_full_window()
    {
        var window = new BudgetWindow(new BudgetLimits { BurstShare = 1 });
        while (window.Take(StartMs, RequestUrgency.Entry, new RequestCost(0, 1)) == 0) ;
        for (var i = 0; i < 60; i++)
            Assert.Equal(0, window.Take(StartMs, RequestUrgency.Exit, new RequestCost(1, 1)));
        Assert.Equal(10_750 + 250 - StartMs % 250, window.Take(StartMs, RequestUrgency.Exit, new RequestCost(1, 1)));
        // The weight has room still.
        for (var i = 60; i < 2_400; i++)
            Assert.Equal(0, window.Take(StartMs, RequestUrgency.Exit, new RequestCost(1, 0)));
        Assert.NotEqual(0, window.Take(StartMs, RequestUrgency.Exit, new RequestCost(1, 0)));
    }

    [Fact]
    public void The_wait_that_is_told_is_enough_and_not_a_step_too_long()
    {
        var window = new BudgetWindow(new BudgetLimits { OrdersMinute = 5, OrdersTenSeconds = 5 });
        for (var i = 0; i < 5; i++)
            Assert.Equal(0, window.Take(StartMs + 100 * i, RequestUrgency.Exit, new RequestCost(0, 1)));
        var nowMs = StartMs + 500;
        var wait = window.Take(nowMs, RequestUrgency.Exit, new RequestCost(0, 1));
        Assert.NotEqual(0, window.Take(nowMs + wait - 1, RequestUrgency.Exit, new RequestCost(0, 1)));
        Assert.Equal(0, window.Take(nowMs + wait, RequestUrgency.Exit, new RequestCost(0, 1)));
    }

    /// <summary>Requests in a random stream that ask until they are sent, first come first served by urgency.</summary>
    private sealed class Demand(int seed, BudgetLimits limits, double exits, double entries, double queries)
    {
        private const int StepMs = 10;

        private readonly Random _random = new(seed);
        private readonly BudgetWindow _window = new(limits);
        private readonly Queue<(long AtMs, RequestCost Cost)>[] _waiting = [new(), new(), new()];
        private readonly long[] _longest = new long[3];

        public List<(long AtMs, int Weight, int Orders)> Sent { get; } = [];

        public long LongestExitWaitMs => _longest[0];

        public long LongestEntryWaitMs => _longest[1];

        public Demand Run()
        {
            for (var nowMs = StartMs; nowMs < StartMs + Minutes * 60_000; nowMs += StepMs)
            {
                Come(nowMs);
                foreach (var urgency in Enum.GetValues<RequestUrgency>()) Serve(nowMs, urgency);
            }

            return this;
        }

        /// <summary>The most that any window of that length counted.</summary>
        public long MostIn(long lengthMs, Func<(long AtMs, int Weight, int Orders), int> units)
        {
            var arrived = Sent.OrderBy(sent => sent.AtMs).ToList();
            var (most, sum, oldest) = (0L, 0L, 0);
            foreach (var sent in arrived)
            {
                sum += units(sent);
                while (arrived[oldest].AtMs <= sent.AtMs - lengthMs) sum -= units(arrived[oldest++]);
                most = Math.Max(most, sum);
            }

            return most;
        }

        // Exits evenly, the others at random: so they come when a candle closes or a timer runs out.
        private void Come(long nowMs)
        {
            var ms = nowMs - StartMs;
            for (var due = Due(ms + StepMs) - Due(ms); due > 0; due--)
            {
                _waiting[0].Enqueue((nowMs, new RequestCost(1, 1)));
                _waiting[0].Enqueue((nowMs, new RequestCost(1, 0)));
            }

            Random(RequestUrgency.Entry, entries * limits.OrdersMinute, new RequestCost(1, 1));
            Random(RequestUrgency.Query, queries * limits.WeightMinute / 10, new RequestCost(10, 0));

            long Due(long untilMs) => (long)(exits * limits.OrdersMinute * untilMs / 60_000);

            void Random(RequestUrgency urgency, double perMinute, RequestCost cost)
            {
                if (_random.NextDouble() < perMinute * StepMs / 60_000) _waiting[(int)urgency].Enqueue((nowMs, cost));
            }
        }

        private void Serve(long nowMs, RequestUrgency urgency)
        {
            var line = _waiting[(int)urgency];
            while (line.TryPeek(out var first))
            {
                if (_window.Take(nowMs, urgency, first.Cost) > 0) return;
                _longest[(int)urgency] = Math.Max(_longest[(int)urgency], nowMs - first.AtMs);
                Sent.Add((nowMs + _random.Next(700), first.Cost.Weight, first.Cost.Orders));
                line.Dequeue();
            }
        }
    }
}
