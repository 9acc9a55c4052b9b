namespace Aspire.Hosting.ApplicationModel;

/// <summary>Names a health check that judges the resource.</summary>
public sealed class HealthCheckAnnotation(string key) : IResourceAnnotation
{
    /// <summary>The name under which the check is registered.</summary>
    public string Key { get; } = key;
}
