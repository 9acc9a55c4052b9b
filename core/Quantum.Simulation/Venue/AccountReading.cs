using Quantum.Roles.Venue;

namespace Quantum.Simulation.Venue;

/// <summary>The account as it was read.</summary>
/// <param name="View">What the exchange showed.</param>
/// <param name="BeganMs">When the reading began, UTC epoch ms.</param>
internal sealed record AccountReading(SimVenueView View, long BeganMs);
