namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resources of an application, in the order in which they were added.</summary>
#pragma warning disable CA1010 // IList<IResource> is generic.
public interface IResourceCollection : IList<IResource>;
#pragma warning restore CA1010
