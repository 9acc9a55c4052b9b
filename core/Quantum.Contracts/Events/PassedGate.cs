namespace Quantum.Contracts.Events;

/// <summary>A gate that an entry passed, with what it found and what it asked for.</summary>
/// <param name="Gate">The reason's code that it would have closed with.</param>
/// <param name="Figure">What was found, with its unit; empty where the gate had nothing to ask.</param>
/// <param name="Limit">What was asked of it, for example <c>at most 60000 ms</c>; empty likewise.</param>
public sealed record PassedGate(string Gate, string Figure, string Limit);
