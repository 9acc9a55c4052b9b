namespace Quantum.Replay.Live;

/// <summary>What a live replay could not compare of a role.</summary>
/// <param name="Role">Whose.</param>
/// <param name="Why">The reason, as a part of a sentence.</param>
/// <param name="Commits">How many commits, from 0.</param>
/// <param name="From">The number of the commit with whose state it went on; 0: with none.</param>
internal sealed record LiveGap(string Role, string Why, long Commits, long From);
