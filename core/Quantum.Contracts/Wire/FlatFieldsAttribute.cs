namespace Quantum.Contracts.Wire;

/// <summary>
/// Marks a struct whose members cross a stream as flat fields of the event that holds it, in its place and order.
/// </summary>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class FlatFieldsAttribute : Attribute;
