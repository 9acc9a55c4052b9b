namespace Quantum.Replay;

/// <summary>One input of a role with what it led to, now and then.</summary>
/// <param name="Role">Who was given it.</param>
/// <param name="Number">Which of the role's inputs it is, from 1.</param>
/// <param name="Source">The stream and id it came from, or <c>clock</c>.</param>
/// <param name="AtMs">Its time, UTC epoch ms.</param>
/// <param name="Fields">What it said; empty for the clock.</param>
/// <param name="Replayed">What the role published now, in order.</param>
/// <param name="Recorded">What it published then, in order of the streams' names and of ids.</param>
public sealed record ReplayedInput(
    string Role, long Number, string Source, long AtMs, IReadOnlyList<KeyValuePair<string, string>> Fields,
    IReadOnlyList<Decision> Replayed, IReadOnlyList<Decision> Recorded);
