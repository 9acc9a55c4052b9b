namespace Aspire.Hosting.ApplicationModel;

/// <summary>A command that an operator can give to a resource.</summary>
public sealed class ResourceCommandAnnotation(
    string name,
    string displayName,
    Func<UpdateCommandStateContext, ResourceCommandState> updateState,
    Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
    CommandOptions options) : IResourceAnnotation
{
    /// <summary>The name, unique in the resource.</summary>
    public string Name { get; } = name;

    /// <summary>The name people see.</summary>
    public string DisplayName { get; } = displayName;

    /// <summary>Whether the command can be given now.</summary>
    public Func<UpdateCommandStateContext, ResourceCommandState> UpdateState { get; } = updateState;

    /// <summary>What it does.</summary>
    public Func<ExecuteCommandContext, Task<ExecuteCommandResult>> ExecuteCommand { get; } = executeCommand;

    /// <summary>What people read about it.</summary>
    public string? DisplayDescription { get; } = options.Description;

    /// <summary>The question asked first.</summary>
    public string? ConfirmationMessage { get; } = options.ConfirmationMessage;

    /// <summary>The name of its icon.</summary>
    public string? IconName { get; } = options.IconName;

    /// <summary>Whether it is shown first.</summary>
    public bool IsHighlighted { get; } = options.IsHighlighted;
}
