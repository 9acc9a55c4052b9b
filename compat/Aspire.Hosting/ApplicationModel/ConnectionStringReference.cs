namespace Aspire.Hosting.ApplicationModel;

/// <summary>A connection string as the value of an environment variable.</summary>
public class ConnectionStringReference(IResourceWithConnectionString resource, bool optional)
    : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    /// <summary>The resource whose connection string it is.</summary>
    public IResourceWithConnectionString Resource { get; } = resource;

    /// <summary>Whether it may be missing.</summary>
    public bool Optional { get; } = optional;

    string IManifestExpressionProvider.ValueExpression => Resource.ValueExpression;

    IEnumerable<object> IValueWithReferences.References => [Resource];

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) =>
        Get(new(), cancellationToken);

    ValueTask<string?> IValueProvider.GetValueAsync(
        ValueProviderContext context, CancellationToken cancellationToken) =>
        Get(context, cancellationToken);

    private async ValueTask<string?> Get(ValueProviderContext context, CancellationToken cancellationToken)
    {
        var value = await ((IValueProvider)Resource).GetValueAsync(context, cancellationToken).ConfigureAwait(false);
        return !string.IsNullOrEmpty(value) || Optional ? value
            : throw new DistributedApplicationException(
                $"The connection string for the resource '{Resource.Name}' is not available: "
                + $"set ConnectionStrings:{Resource.Name}.");
    }
}
