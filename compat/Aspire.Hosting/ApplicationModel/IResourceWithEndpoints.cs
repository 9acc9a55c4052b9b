namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that listens on a network.</summary>
public interface IResourceWithEndpoints : IResource;
