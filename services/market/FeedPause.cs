namespace Quantum.Market;

/// <summary>An operator's word that the market stand still.</summary>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="AtMs">When, in the system's time, UTC epoch ms.</param>
public sealed record FeedPause(string By, string Reason, long AtMs);
