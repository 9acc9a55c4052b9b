namespace Quantum.Simulation;

/// <summary>A run that cannot go on, or cannot be made: the message says why.</summary>
public sealed class SimulationException(string message) : Exception(message);
