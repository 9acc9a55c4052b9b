namespace Quantum.Exchanges.Budget;

/// <summary>Counts what is used of a budget; for one thread at a time.</summary>
internal interface IBudgetCount : IDisposable
{
    /// <summary>Counts a request when it may be sent now.</summary>
    /// <returns>0: send it. Else nothing was counted, and in so many ms it can be asked for again.</returns>
    long Take(RequestUrgency urgency, RequestCost cost);

    /// <summary>What the venue has counted: the higher of both holds.</summary>
    void Tell(BudgetUse use);

    /// <summary>The venue refused: for so long only exits that are orders are sent, and none after a ban.</summary>
    void Refuse(long retryAfterMs, bool isBan);
}
