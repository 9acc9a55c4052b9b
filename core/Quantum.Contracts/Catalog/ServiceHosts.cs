namespace Quantum.Contracts.Catalog;

/// <summary>The services of the catalog by what is known of them.</summary>
public static class ServiceHosts
{
    /// <summary>
    /// The exchange of our own, a folder of services that reads no stream and runs in mode sim alone.
    /// </summary>
    public const string SimulatedExchange = "venue";

    /// <summary>Every service, as <see cref="RoleNames"/> has them.</summary>
    public static IReadOnlyList<ServiceHost> All => RoleNames.ByService;

    /// <summary>
    /// The service of an assembly, <c>Quantum.</c> and the service's name without dashes; null when it is none of ours.
    /// </summary>
    public static ServiceHost? OfAssembly(string? assembly) => All.FirstOrDefault(host => string.Equals(
        "Quantum." + host.Name.Replace("-", "", StringComparison.Ordinal), assembly,
        StringComparison.OrdinalIgnoreCase));

    /// <summary>The service that runs a role; throws when none does.</summary>
    public static ServiceHost Of(string role) =>
        All.FirstOrDefault(host => host.Roles.Contains(role))
        ?? throw new KeyNotFoundException($"no service runs the role '{role}': add it in RoleNames.");
}
