namespace Quantum.Contracts.Wire;

/// <summary>One field of an event on the wire.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Type">What its text means; never a nullable type.</param>
public readonly record struct FieldKind(string Name, Type Type);
