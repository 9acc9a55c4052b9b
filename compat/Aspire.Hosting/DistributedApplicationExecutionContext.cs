namespace Aspire.Hosting;

/// <summary>Whether the application runs or is published.</summary>
public class DistributedApplicationExecutionContext(
    DistributedApplicationOperation operation, string publisherName = "manifest")
{
    private IServiceProvider? _serviceProvider;

    /// <summary>Runs or is published.</summary>
    public DistributedApplicationOperation Operation { get; } = operation;

    /// <summary>What it is published by.</summary>
    public string PublisherName { get; set; } = publisherName;

    /// <summary>Whether it is published.</summary>
    public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;

    /// <summary>Whether it runs.</summary>
    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;

    /// <summary>The services of the AppHost, once it is built.</summary>
    public IServiceProvider ServiceProvider
    {
        get => _serviceProvider
            ?? throw new InvalidOperationException(
                "IServiceProvider is not available: the container has not been built yet.");
        internal set => _serviceProvider = value;
    }
}

/// <summary>What is done with the application.</summary>
public enum DistributedApplicationOperation
{
    Run,
    Publish,
}
