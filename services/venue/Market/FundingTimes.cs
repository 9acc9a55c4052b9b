namespace Quantum.Venue.Market;

/// <summary>One funding that fell due.</summary>
/// <param name="AtMs">When, UTC epoch ms.</param>
/// <param name="Rate">What it took, fraction of notional.</param>
/// <param name="Mark">At which mark price.</param>
internal readonly record struct FundingDue(long AtMs, decimal Rate, decimal Mark);

/// <summary>One symbol's funding: the rate in force, when it falls due, and what fell due before.</summary>
internal sealed class FundingTimes
{
    private const int Most = 1_000;

    /// <summary>Fraction of notional that the next funding takes; 0 where the feed says nothing, and nothing is taken.
    /// </summary>
    public decimal Rate { get; private set; }

    /// <summary>UTC epoch ms; 0 before the first price.</summary>
    public long NextMs { get; private set; }

    /// <summary>Oldest first.</summary>
    public Recent<FundingDue> Past { get; } = new(Most);

    /// <summary>Takes what the feed says at an instant.</summary>
    /// <param name="atMs">UTC epoch ms.</param>
    /// <param name="rate">Null where it says nothing.</param>
    /// <param name="nextMs">When it falls due, UTC epoch ms; null: by the symbol's rule.</param>
    /// <param name="everyMs">Time between two by that rule, ms.</param>
    /// <param name="mark">The mark price now.</param>
    public void Take(long atMs, double? rate, long? nextMs, long everyMs, decimal mark)
    {
        // What fell due takes the rate that stood until then.
        if (NextMs != 0 && atMs >= NextMs) Past.Add(new FundingDue(NextMs, Rate, mark));
        Rate = (decimal)(rate ?? 0);
        NextMs = nextMs > atMs ? nextMs.Value : (atMs / everyMs + 1) * everyMs;
    }
}
