namespace Aspire.Hosting.ApplicationModel;

/// <summary>Sets command-line arguments when the resource starts.</summary>
public class CommandLineArgsCallbackAnnotation(Func<CommandLineArgsCallbackContext, Task> callback)
    : IResourceAnnotation
{
    /// <summary>The setter.</summary>
    public Func<CommandLineArgsCallbackContext, Task> Callback { get; } = callback;
}
