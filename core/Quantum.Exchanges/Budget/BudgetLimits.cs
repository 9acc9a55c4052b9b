namespace Quantum.Exchanges.Budget;

/// <summary>What a venue grants an account, and who may use how much of it; the defaults are Binance's USD-M futures.
/// </summary>
public sealed record BudgetLimits
{
    /// <summary>Request weight a minute, 1 or more.</summary>
    public int WeightMinute { get; init; } = 2400;

    /// <summary>Orders in ten seconds, 1 or more.</summary>
    public int OrdersTenSeconds { get; init; } = 300;

    /// <summary>Orders a minute, 1 or more.</summary>
    public int OrdersMinute { get; init; } = 1200;

    /// <summary>Queries are sent while all together have used less than this share of a window, above 0 to 1.</summary>
    public double QueryShare { get; init; } = 0.6;

    /// <summary>Entries likewise, not below that of queries, at most 1; exits and cancels may use all of it.</summary>
    public double EntryShare { get; init; } = 0.8;

    /// <summary>What queries and entries may use ahead of their pace, share of a window, above 0 to 1.</summary>
    public double BurstShare { get; init; } = 0.05;

    /// <summary>How long entries stay stopped after a ban is over.</summary>
    public TimeSpan EntriesStoppedAfterBan { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The share of queries in that time, above 0 and at most <see cref="QueryShare"/>.</summary>
    public double QueryShareAfterBan { get; init; } = 0.3;

    /// <summary>
    /// What each process may send of exits and cancels while Redis is away, share of a window, above 0 to 1: all
    /// processes together should not come above what is kept for exits.
    /// </summary>
    public double AwayShare { get; init; } = 0.05;

    /// <summary>Length of a minute: tests make it short, and the ten seconds with it.</summary>
    internal long MinuteMs { get; init; } = 60_000;

    internal long TenSecondsMs => MinuteMs / 6;

    /// <summary>
    /// Use is counted in steps of a 240th of a minute, ms; a window is longer by three of them, because requests do not
    /// take equally long to the venue.
    /// </summary>
    internal long StepMs => MinuteMs / 240;

    internal int MinuteSteps => (int)(MinuteMs / StepMs) + 3;

    internal int TenSecondSteps => (int)(TenSecondsMs / StepMs) + 3;

    /// <summary>
    /// The limits of one process that goes on alone, for exits; throws <see cref="ArgumentException"/> as
    /// <see cref="Checked"/> does.
    /// </summary>
    internal BudgetLimits Away() => this with
    {
        WeightMinute = Share(WeightMinute), OrdersTenSeconds = Share(OrdersTenSeconds),
        OrdersMinute = Share(OrdersMinute),
    };

    /// <summary>The same, when they can be; throws <see cref="ArgumentException"/> that names what cannot.</summary>
    internal BudgetLimits Checked()
    {
        if (WeightMinute < 1 || OrdersTenSeconds < 1 || OrdersMinute < 1)
        {
            throw new ArgumentException(
                $"a budget of {WeightMinute} weight a minute, {OrdersTenSeconds} orders in ten seconds and "
                + $"{OrdersMinute} a minute is none: give 1 or more of each.");
        }

        if (!(QueryShare > 0 && QueryShare <= EntryShare && EntryShare <= 1))
        {
            throw new ArgumentException(
                $"queries may use {QueryShare} and entries {EntryShare} of a window: give shares above 0 to 1, that of "
                + "entries not below that of queries.");
        }

        if (!(QueryShareAfterBan > 0 && QueryShareAfterBan <= QueryShare))
        {
            throw new ArgumentException(
                $"after a ban queries may use {QueryShareAfterBan} of a window: give a share above 0, at most that of "
                + $"before ({QueryShare}).");
        }

        if (!(BurstShare is > 0 and <= 1 && AwayShare is > 0 and <= 1))
            throw new ArgumentException($"the shares {BurstShare} (burst) and {AwayShare} (away): give above 0 to 1.");
        return EntriesStoppedAfterBan >= TimeSpan.Zero
            ? this
            : throw new ArgumentException($"entries stay stopped for {EntriesStoppedAfterBan}: give 0 or more.");
    }

    /// <summary>Throws <see cref="ArgumentException"/> for a request that no window could ever hold.</summary>
    internal void CheckFits(RequestUrgency urgency, RequestCost cost)
    {
        if (cost.Weight < 0 || cost.Orders < 0)
            throw new ArgumentException($"a request cannot cost {cost.Weight} weight and {cost.Orders} orders.");
        var share = urgency switch
        {
            RequestUrgency.Exit => 1,
            RequestUrgency.Entry => EntryShare,
            _ => QueryShareAfterBan,
        };
        if (cost.Weight <= Math.Floor(WeightMinute * share)
            && cost.Orders <= Math.Floor(Math.Min(OrdersTenSeconds, OrdersMinute) * share)) return;
        throw new ArgumentException(
            $"a request ({urgency}) of {cost.Weight} weight and {cost.Orders} orders is above its share of a window: "
            + "split it.");
    }

    private int Share(int limit) => Math.Max(1, (int)Math.Floor(limit * AwayShare));
}
