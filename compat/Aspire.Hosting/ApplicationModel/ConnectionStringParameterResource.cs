namespace Aspire.Hosting.ApplicationModel;

/// <summary>A connection string given from outside.</summary>
internal sealed class ConnectionStringParameterResource : ParameterResource, IResourceWithConnectionString
{
    private readonly string? _environmentVariable;

    public ConnectionStringParameterResource(
        string name, Func<ParameterDefault?, string> callback, string? environmentVariable)
        : base(name, callback, secret: true)
    {
        _environmentVariable = environmentVariable;
        IsConnectionString = true;
    }

    public string? ConnectionStringEnvironmentVariable => _environmentVariable;

    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create("{0}", [this], [ValueExpression], [null]);

    string IManifestExpressionProvider.ValueExpression => $"{{{Name}.connectionString}}";

    IEnumerable<object> IValueWithReferences.References => [];

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) =>
        GetValueAsync(cancellationToken);

    ValueTask<string?> IValueProvider.GetValueAsync(
        ValueProviderContext context, CancellationToken cancellationToken) =>
        GetValueAsync(cancellationToken);
}
