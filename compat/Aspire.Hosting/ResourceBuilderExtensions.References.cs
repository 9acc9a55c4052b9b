using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <content>References: how one resource learns where another is.</content>
public static partial class ResourceBuilderExtensions
{
    /// <summary>Gives the resource a connection string and its parts.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithConnectionString> source,
        string? connectionName = null,
        bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(source);
        var resource = source.Resource;
        connectionName ??= resource.Name;
        return builder.WithEnvironment(context =>
        {
            var variables = context.EnvironmentVariables;
            variables[resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{connectionName}"] =
                new ConnectionStringReference(resource, optional);
            var prefix = connectionName.Length == 0 ? "" : $"{VariableName(connectionName).ToUpperInvariant()}_";
            foreach (var (part, value) in resource.GetConnectionProperties())
            {
                variables[$"{prefix}{part.ToUpperInvariant()}"] = value;
            }
        });
    }

    /// <summary>Gives the resource the addresses of another.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(source);
        return builder.WithAddresses(source.Resource, source.Resource.GetEndpoints);
    }

    /// <summary>Gives the resource one address of another.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(endpointReference);
        return builder.WithAddresses(endpointReference.Resource, () => [endpointReference]);
    }

    private static IResourceBuilder<T> WithAddresses<T>(
        this IResourceBuilder<T> builder, IResourceWithEndpoints source, Func<IEnumerable<EndpointReference>> endpoints)
        where T : IResourceWithEnvironment => builder.WithEnvironment(context =>
        {
            var variables = context.EnvironmentVariables;
            foreach (var endpoint in endpoints())
            {
                var name = $"{VariableName(source.Name)}_{VariableName(endpoint.EndpointName)}".ToUpperInvariant();
                variables[name] = endpoint;
                var index = 0;
                while (variables.TryGetValue($"services__{source.Name}__{endpoint.Scheme}__{index}", out var other)
                    && !(other is EndpointReference known && known.EndpointName == endpoint.EndpointName))
                {
                    index++;
                }

                variables[$"services__{source.Name}__{endpoint.Scheme}__{index}"] = endpoint;
            }
        });

    /// <summary>A name that a shell takes for a variable.</summary>
    private static string VariableName(string name)
    {
        var letters = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        return letters.Length > 0 && char.IsAsciiDigit(letters[0]) ? $"_{letters}" : letters;
    }
}
