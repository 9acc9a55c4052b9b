using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The state of a resource at one moment.</summary>
public sealed record CustomResourceSnapshot
{
    /// <summary>The kind of resource, for example Project.</summary>
    public required string ResourceType { get; init; }

    /// <summary>One of <see cref="KnownResourceStates"/>.</summary>
    public ResourceStateSnapshot? State { get; init; }

    /// <summary>How the process ended; null while it runs.</summary>
    public int? ExitCode { get; init; }

    /// <summary>What the health checks say; null until they were asked.</summary>
    public HealthStatus? HealthStatus { get; init; }
}

/// <summary>The name of a state and how it is shown.</summary>
public sealed record ResourceStateSnapshot(string Text, string? Style)
{
    /// <summary>A state without a style of its own.</summary>
#pragma warning disable CA2225 // The real package has the conversion only.
    public static implicit operator ResourceStateSnapshot?(string? s) => s is null ? null : new(s, null);
#pragma warning restore CA2225
}
