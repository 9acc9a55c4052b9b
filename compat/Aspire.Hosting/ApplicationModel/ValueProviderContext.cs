namespace Aspire.Hosting.ApplicationModel;

/// <summary>For whom a value is asked.</summary>
public class ValueProviderContext
{
    /// <summary>Whether the application runs or is published.</summary>
    public DistributedApplicationExecutionContext? ExecutionContext { get; init; }

    /// <summary>The resource that uses the value.</summary>
    public IResource? Caller { get; init; }

    /// <summary>Which replica of the caller, from 0.</summary>
    internal int Replica { get; init; }
}
