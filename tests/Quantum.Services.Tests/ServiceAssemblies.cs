using Quantum.Contracts.Catalog;

namespace Quantum.Services.Tests;

/// <summary>The services' assemblies, which lie beside this one.</summary>
internal static class ServiceAssemblies
{
    public static IEnumerable<string> All { get; } =
    [
        .. Directory.GetFiles(AppContext.BaseDirectory, "Quantum.*.dll")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => ServiceHosts.OfAssembly(name) is not null),
    ];

    /// <summary>The one of a service by its name in the catalog.</summary>
    public static string Of(string service) => All.Single(name => ServiceHosts.OfAssembly(name)!.Name == service);
}
