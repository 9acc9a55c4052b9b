namespace Aspire.Hosting.ApplicationModel;

/// <summary>Names an endpoint of a resource; its address is known once the application starts.</summary>
public sealed class EndpointReference : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    /// <summary>Names the endpoint.</summary>
    public EndpointReference(IResourceWithEndpoints owner, string endpointName)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(endpointName);
        Resource = owner;
        EndpointName = endpointName;
    }

    /// <summary>Names the endpoint by its annotation.</summary>
    public EndpointReference(IResourceWithEndpoints owner, EndpointAnnotation endpoint)
        : this(owner, (endpoint ?? throw new ArgumentNullException(nameof(endpoint))).Name)
    {
    }

    /// <summary>The resource that listens.</summary>
    public IResourceWithEndpoints Resource { get; }

    /// <summary>The name of the endpoint.</summary>
    public string EndpointName { get; }

    /// <summary>Whether the resource has such an endpoint.</summary>
    public bool Exists => Find() is not null;

    /// <summary>Whether the address is known.</summary>
    public bool IsAllocated => Find()?.AllocatedPort is not null;

    /// <summary>The endpoint itself.</summary>
    public EndpointAnnotation EndpointAnnotation => Find()
        ?? throw new InvalidOperationException(
            $"The endpoint `{EndpointName}` is not defined for the resource `{Resource.Name}`.");

    /// <summary>The scheme.</summary>
    public string Scheme => EndpointAnnotation.UriScheme;

    /// <summary>Whether the process speaks TLS.</summary>
    public bool TlsEnabled => Exists && EndpointAnnotation.TlsEnabled;

    /// <summary>The host to connect to.</summary>
#pragma warning disable CA1822 // An instance member in the real package.
    public string Host => "localhost";
#pragma warning restore CA1822

    /// <summary>The port to connect to, 1 to 65535.</summary>
    public int Port => EndpointAnnotation.AllocatedPort
        ?? throw new InvalidOperationException(
            $"The endpoint `{EndpointName}` is not allocated for the resource `{Resource.Name}`.");

    /// <summary>The port the process listens on, where it is fixed, 1 to 65535.</summary>
    public int? TargetPort => EndpointAnnotation.TargetPort;

    /// <summary>The address to connect to.</summary>
#pragma warning disable CA1056 // A string in the real package.
    public string Url => $"{Scheme}://{Host}:{Port}";
#pragma warning restore CA1056

    string IManifestExpressionProvider.ValueExpression => Placeholder(EndpointProperty.Url);

    IEnumerable<object> IValueWithReferences.References => [Resource];

    /// <summary>One part of the address.</summary>
    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    /// <summary>One text when the endpoint speaks TLS, another when not.</summary>
    public ReferenceExpression GetTlsValue(ReferenceExpression enabledValue, ReferenceExpression disabledValue) =>
        ReferenceExpression.CreateConditional(
            Property(EndpointProperty.TlsEnabled), bool.TrueString, enabledValue, disabledValue);

    /// <inheritdoc />
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) =>
        Property(EndpointProperty.Url).GetValueAsync(cancellationToken);

    /// <inheritdoc />
    public ValueTask<string?> GetValueAsync(
        ValueProviderContext context, CancellationToken cancellationToken = default) =>
        Property(EndpointProperty.Url).GetValueAsync(context, cancellationToken);

    internal string Placeholder(EndpointProperty property)
    {
        return property switch
        {
            EndpointProperty.Url => Part("url"),
            EndpointProperty.Host or EndpointProperty.IPV4Host => Part("host"),
            EndpointProperty.Port => Part("port"),
            EndpointProperty.Scheme => Part("scheme"),
            EndpointProperty.TargetPort => Part("targetPort"),
            EndpointProperty.HostAndPort => $"{Part("host")}:{Part("port")}",
            EndpointProperty.TlsEnabled => Part("tlsEnabled"),
            _ => throw new InvalidOperationException(
                $"The property '{property}' of endpoint '{EndpointName}' is not known."),
        };

        string Part(string name) => $"{{{Resource.Name}.bindings.{EndpointName}.{name}}}";
    }

    private EndpointAnnotation? Find() => Resource.Annotations.OfType<EndpointAnnotation>()
        .SingleOrDefault(e => string.Equals(e.Name, EndpointName, StringComparison.OrdinalIgnoreCase));
}
