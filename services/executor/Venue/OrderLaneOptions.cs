using System.ComponentModel.DataAnnotations;

namespace Quantum.Executor.Venue;

/// <summary>How orders go to an exchange, and how the account is compared with it.</summary>
[Section("OrderLane")]
public sealed record OrderLaneOptions
{
    /// <summary>
    /// Waited beyond the venue's receive window before "not found" is believed, ms; and between the two times it is
    /// asked.
    /// </summary>
    [Range(0, 60_000)] public int WindowMarginMs { get; set; } = 500;

    /// <summary>
    /// For how long after its first order of a symbol a process asks for an entry before it sends it, ms: whoever was
    /// before may have sent it, and Redis have lost that.
    /// </summary>
    [Range(0, 600_000)] public int DoubtAfterStartMs { get; set; } = 30_000;

    /// <summary>Time between two comparisons of the account with the venue, ms.</summary>
    [Range(1_000, 600_000)] public int ReconcileEveryMs { get; set; } = 30_000;

    /// <summary>Pause after a comparison that could not be made, ms.</summary>
    [Range(100, 60_000)] public int RetryAfterMs { get; set; } = 2_000;

    /// <summary>
    /// For how long governance may have recorded nothing before no entry is sent, ms. It does every second; who is
    /// silent watches neither losses nor what the audit finds.
    /// </summary>
    [Range(10_000, 600_000)] public int GovernanceSilenceMs { get; set; } = 60_000;

    /// <summary>
    /// Orders of one symbol in a minute, whatever they are for, beyond which no entry is sent; what reduces risk still
    /// is, and the audit tells it: an unknown fault must not fire without end unseen.
    /// </summary>
    [AtLeast(1)] public int MaxOrdersPerMinute { get; set; } = 120;

    /// <summary>Entries that may be sent of one symbol in a minute.</summary>
    [AtLeast(1)] public int MaxEntriesPerMinute { get; set; } = 12;

    /// <summary>Notional of the entries that may be sent of one symbol in a minute, USD.</summary>
    [Above(0)] public decimal MaxEntryUsdPerMinute { get; set; } = 250_000;
}
