namespace Aspire.Hosting.ApplicationModel;

/// <summary>The image of a container.</summary>
public sealed class ContainerImageAnnotation : IResourceAnnotation
{
    /// <summary>The registry host.</summary>
    public string? Registry { get; set; }

    /// <summary>The image name.</summary>
    public required string Image { get; set; }

    /// <summary>The tag; null means latest.</summary>
    public string? Tag { get; set; }
}
