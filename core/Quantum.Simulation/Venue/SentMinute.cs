namespace Quantum.Simulation.Venue;

/// <summary>What was sent of a symbol within one minute.</summary>
/// <param name="Minute">Which, minutes since the epoch.</param>
/// <param name="Usd">Notional of its entries, USD.</param>
internal readonly record struct SentMinute(long Minute, int Orders, int Entries, decimal Usd);
