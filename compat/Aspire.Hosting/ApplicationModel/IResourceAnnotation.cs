namespace Aspire.Hosting.ApplicationModel;

/// <summary>One thing said about a resource.</summary>
#pragma warning disable CA1040 // A marker in the real package too.
public interface IResourceAnnotation;
#pragma warning restore CA1040
