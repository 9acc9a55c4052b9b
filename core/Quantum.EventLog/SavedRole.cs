using Quantum.Contracts.Units;

namespace Quantum.EventLog;

/// <summary>What the commits of a seat have left: its state and where it stands.</summary>
/// <param name="Sequence">The number of the last commit, from 0 (none yet).</param>
/// <param name="ClockMs">The clock's last reading, UTC epoch ms, or 0.</param>
/// <param name="Cursors">The last id applied per stream key.</param>
/// <param name="State">The saved fields.</param>
public sealed record SavedRole(
    long Sequence, long ClockMs,
    IReadOnlyDictionary<string, EntryId> Cursors,
    IReadOnlyList<KeyValuePair<string, byte[]>> State);

/// <summary>The answer to a request for a seat.</summary>
/// <param name="IsGranted">True when the seat is the asker's now.</param>
/// <param name="Epoch">The fencing epoch in force, above 0 once anybody held the seat.</param>
/// <param name="Owner">Who holds it.</param>
/// <param name="FruitlessLeases">How many leases in a row ended without a commit, this one not counted: a crash loop
/// shows here.</param>
public readonly record struct LeaseReply(bool IsGranted, long Epoch, string Owner, int FruitlessLeases);
