namespace Quantum.Exchanges.Budget;

/// <summary>
/// The request budget of one account, shared by all processes that use it: what the venue grants a minute is asked for
/// before a call and corrected by what the venue says it counted.
/// </summary>
public interface IRateBudget
{
    /// <summary>
    /// Waits until the request may be sent. Exits and cancels never wait for entries, entries never for queries.
    /// </summary>
    /// <returns>False when it could not be sent before <paramref name="latestMs"/>: it must not be sent.</returns>
    ValueTask<bool> TakeAsync(RequestUrgency urgency, RequestCost cost, long latestMs, CancellationToken cancel);

    /// <summary>What the venue's reply says it has counted; figures that it did not give are null.</summary>
    void Tell(BudgetUse use);

    /// <summary>
    /// The venue refused for the rate: nothing is sent for so long but, when it is no ban, exits that are orders. A
    /// ban also stops entries after it.
    /// </summary>
    void Refused(TimeSpan retryAfter, bool isBan);
}

/// <summary>What a request is for, the most urgent first.</summary>
public enum RequestUrgency { Exit, Entry, Query }

/// <summary>What a request costs.</summary>
/// <param name="Weight">Request weight, 0 or more.</param>
/// <param name="Orders">Orders it counts as, 0 or more.</param>
public readonly record struct RequestCost(int Weight, int Orders);

/// <summary>What the venue has counted.</summary>
/// <param name="WeightMinute">Request weight of the running minute.</param>
/// <param name="OrdersTenSeconds">Orders of the running ten seconds.</param>
/// <param name="OrdersMinute">Orders of the running minute.</param>
public readonly record struct BudgetUse(int? WeightMinute, int? OrdersTenSeconds, int? OrdersMinute);
