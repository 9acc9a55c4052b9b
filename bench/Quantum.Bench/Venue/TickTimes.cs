using System.Diagnostics;
using Quantum.Contracts.Events;
using Quantum.Feeds;

namespace Quantum.Bench.Venue;

/// <summary>
/// Trades or best prices in the order in which they were there (trades: in Redis), and when each was.
/// </summary>
internal sealed class TickTimes
{
    private readonly List<(TickKey Tick, long SeenAt)> _ticks = [];
    private readonly Lock _lock = new();

    public int Count
    {
        get
        {
            lock (_lock) return _ticks.Count;
        }
    }

    public void Add(long atMs, in MarketTick tick) =>
        Add(new TickKey(atMs, tick.Price, tick.Quantity, tick.IsBuyerMaker, default, default));

    public void Add(long atMs, in BookTop top) => Add(new TickKey(
        atMs, top.BidPrice, top.BidQuantity ?? 0, null, top.AskPrice, top.AskQuantity ?? 0));

    private void Add(TickKey key)
    {
        var seenAt = Stopwatch.GetTimestamp();
        lock (_lock) _ticks.Add((key, seenAt));
    }

    /// <summary>How another reading of the same trades differs from this one; whoever came later begins both.</summary>
    public TickDifference CompareWith(TickTimes other)
    {
        var (mine, theirs) = (Copy(), other.Copy());
        var first = theirs.FindIndex(tick => mine.Exists(known => known.Tick == tick.Tick));
        if (first < 0) return new TickDifference(0, mine.Count, 0, [], []);
        mine = mine[mine.FindIndex(tick => tick.Tick == theirs[first].Tick)..];
        theirs = theirs[first..];
        // Equal trades may come more than once: the n-th is the n-th.
        var places = new Dictionary<TickKey, Queue<int>>();
        for (var i = 0; i < theirs.Count; i++)
        {
            if (!places.TryGetValue(theirs[i].Tick, out var queue)) places[theirs[i].Tick] = queue = new Queue<int>();
            queue.Enqueue(i);
        }

        var (lost, reordered, last) = (0, 0, -1);
        var (plain, adapted) = (new List<double>(), new List<double>());
        foreach (var (tick, seenAt) in mine)
        {
            if (!places.TryGetValue(tick, out var queue) || !queue.TryDequeue(out var place))
            {
                lost++;
                continue;
            }

            if (place < last) reordered++;
            last = Math.Max(last, place);
            plain.Add(SinceTrade(tick, seenAt));
            adapted.Add(SinceTrade(tick, theirs[place].SeenAt));
        }

        return new TickDifference(mine.Count, lost, reordered, plain, adapted);
    }

    // By two clocks: only differences of it mean anything.
    private static double SinceTrade(TickKey tick, long seenAt) =>
        seenAt * 1_000.0 / Stopwatch.Frequency - tick.AtMs;

    private List<(TickKey Tick, long SeenAt)> Copy()
    {
        lock (_lock) return [.. _ticks];
    }

    // The other price and quantity are those of the ask; a trade has none.
    private readonly record struct TickKey(
        long AtMs, decimal Price, decimal Quantity, bool? IsBuyerMaker, decimal OtherPrice, decimal OtherQuantity);
}

/// <summary>What a reading lacks beside another one.</summary>
/// <param name="Count">Trades that both could have.</param>
/// <param name="Lost">Of these, not there.</param>
/// <param name="Reordered">Of these, before one that came earlier.</param>
/// <param name="MineMs">From each trade to this reading's entry, by clocks of different zero, as they came.</param>
/// <param name="TheirsMs">The same of the other reading, by the same clocks.</param>
internal sealed record TickDifference(
    int Count, int Lost, int Reordered, IReadOnlyList<double> MineMs, IReadOnlyList<double> TheirsMs)
{
    /// <summary>How much later the other reading had each, sorted; below 0: earlier.</summary>
    public IReadOnlyList<double> LaterMs =>
        [.. TheirsMs.Zip(MineMs, (theirs, mine) => theirs - mine).Order()];

    /// <summary>How much later the other reading is at that share of its own times.</summary>
    public double LaterAt(double share) => At([.. TheirsMs.Order()], share) - At([.. MineMs.Order()], share);

    /// <summary>The value below which that share lies, of sorted ones.</summary>
    public static double At(IReadOnlyList<double> sorted, double share) =>
        sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
}
