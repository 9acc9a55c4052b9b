namespace Quantum.Contracts.Wire;

/// <summary>Overrides the snake_case name under which a property or enum member crosses a stream.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class WireNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
