using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds connection strings that are made of other values.</summary>
public static class ConnectionStringBuilderExtensions
{
    /// <summary>Adds a connection string; who waits for it waits for what it names.</summary>
    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, ReferenceExpression connectionStringExpression)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(connectionStringExpression);
        var result = builder.AddResource(new ConnectionStringResource(name, connectionStringExpression));
        foreach (var resource in Named(connectionStringExpression).Distinct())
        {
            result.WaitForStart(builder.CreateResourceBuilder(resource));
        }

        return result;
    }

    /// <summary>Adds a connection string that is put together piece by piece.</summary>
    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(
        this IDistributedApplicationBuilder builder,
        string name,
        Action<ReferenceExpressionBuilder> connectionStringBuilder)
    {
        ArgumentNullException.ThrowIfNull(connectionStringBuilder);
        var text = new ReferenceExpressionBuilder();
        connectionStringBuilder(text);
        return builder.AddConnectionString(name, text.Build());
    }

    private static IEnumerable<IResource> Named(object value) => value is IResource resource ? [resource]
        : value is IValueWithReferences references ? references.References.SelectMany(Named)
        : [];
}
