namespace Quantum.Contracts.Catalog;

/// <summary>What a service registers: a role or gateway and the streams it has handlers for.</summary>
/// <param name="Role">Its name in the catalog.</param>
/// <param name="Streams">The streams it handles.</param>
public sealed record RoleBinding(string Role, IReadOnlyList<EventStream> Streams)
{
    public override string ToString() => $"{Role} <- {string.Join(", ", Streams)}";
}
