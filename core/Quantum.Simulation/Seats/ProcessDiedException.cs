namespace Quantum.Simulation.Seats;

/// <summary>The process that made the call is no more.</summary>
internal sealed class ProcessDiedException() : Exception("the simulation ended the process.");
