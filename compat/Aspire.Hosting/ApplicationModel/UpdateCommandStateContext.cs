namespace Aspire.Hosting.ApplicationModel;

/// <summary>What decides whether a command can be given now.</summary>
public sealed class UpdateCommandStateContext
{
    /// <summary>The state of the resource.</summary>
    public required CustomResourceSnapshot ResourceSnapshot { get; init; }

    /// <summary>The services of the AppHost.</summary>
    public required IServiceProvider ServiceProvider { get; init; }
}

/// <summary>Whether a command can be given.</summary>
public enum ResourceCommandState
{
    Enabled,
    Disabled,
    Hidden,
}
