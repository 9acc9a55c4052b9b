namespace Aspire.Hosting.ApplicationModel;

/// <summary>A named part of the application: a project, a server, a parameter.</summary>
public interface IResource
{
    /// <summary>The name, unique in the application.</summary>
    string Name { get; }

    /// <summary>Everything said about the resource.</summary>
    ResourceAnnotationCollection Annotations { get; }
}
