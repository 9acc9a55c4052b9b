namespace Quantum.Contracts.Catalog;

/// <summary>One service of the AppHost and the roles and gateways that live in it.</summary>
/// <param name="Name">The resource name, for example <c>trading-bot</c>.</param>
/// <param name="Title">For people.</param>
/// <param name="Roles">The roles and gateways it runs.</param>
public sealed record ServiceHost(string Name, string Title, IReadOnlyList<string> Roles);
