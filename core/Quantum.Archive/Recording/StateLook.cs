namespace Quantum.Archive.Recording;

/// <summary>What a seat has saved at one moment.</summary>
/// <param name="Sequence">The last commit's number; 0: none yet.</param>
/// <param name="Staged">What it published on a tape and no stream has yet, from 0.</param>
internal readonly record struct StateLook(long Sequence, long Staged);
