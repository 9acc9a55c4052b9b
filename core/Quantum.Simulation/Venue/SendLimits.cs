namespace Quantum.Simulation.Venue;

/// <summary>What the right to send hangs on beside the order: the defaults of the executor's service.</summary>
internal sealed record SendLimits
{
    /// <summary>Orders of one symbol in a minute beyond which no entry is sent.</summary>
    public int OrdersPerMinute { get; init; } = 120;

    /// <summary>Entries of one symbol in a minute.</summary>
    public int EntriesPerMinute { get; init; } = 12;

    /// <summary>Their notional, USD.</summary>
    public decimal EntryUsdPerMinute { get; init; } = 250_000;

    /// <summary>For how long governance may have recorded nothing, ms.</summary>
    public long GovernanceSilenceMs { get; init; } = 60_000;
}
