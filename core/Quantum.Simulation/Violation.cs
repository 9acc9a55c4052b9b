namespace Quantum.Simulation;

/// <summary>What a checker saw.</summary>
/// <param name="Checker">Its name.</param>
/// <param name="Text">What is wrong, with the values.</param>
/// <param name="Step">In which step of the run, from 0.</param>
/// <param name="AtMs">UTC epoch ms.</param>
public sealed record Violation(string Checker, string Text, int Step, long AtMs);
