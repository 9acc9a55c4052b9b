using Quantum.EventLog;
using Quantum.Simulation.Venue;

namespace Quantum.Simulation;

/// <summary>What a test does wrong on purpose, to see that it is found.</summary>
internal sealed record Alterations
{
    public static readonly Alterations None = new();

    /// <summary>Stands between a role, by its name, and the log.</summary>
    public Func<string, ILogSession, SimulatedWorld, ILogSession>? Session { get; init; }

    /// <summary>Gives the right to send.</summary>
    public Func<SimulatedWorld, SendRights>? Rights { get; init; }
}
