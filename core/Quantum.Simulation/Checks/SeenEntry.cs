namespace Quantum.Simulation.Checks;

/// <summary>Where a seen event stands, and its envelope.</summary>
/// <param name="AtMs">Its time, UTC epoch ms.</param>
/// <param name="Id">Its entry.</param>
internal readonly record struct SeenEntry(string EventId, long AtMs, EntryId Id);
