using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Gives commands to resources.</summary>
public class ResourceCommandService
{
    private readonly IServiceProvider _services;
    private readonly ResourceNotificationService _notifications;
    private readonly ILogger<ResourceCommandService> _logger;

    internal ResourceCommandService(
        IServiceProvider services, ResourceNotificationService notifications, ILogger<ResourceCommandService> logger)
    {
        _services = services;
        _notifications = notifications;
        _logger = logger;
    }

    /// <summary>Gives a command to a resource, named as it is or by one of its replicas.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(
        string resourceId, string commandName, CancellationToken cancellationToken = default)
    {
        var target = _notifications.All()
            .FirstOrDefault(e => e.ResourceId == resourceId || e.Resource.Name == resourceId);
        return target is null ? CommandResults.Failure($"Resource '{resourceId}' not found.")
            : await ExecuteAsync(target, commandName, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives a command to a resource.</summary>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(
        IResource resource, string commandName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return ExecuteCommandAsync(resource.Name, commandName, cancellationToken);
    }

    private async Task<ExecuteCommandResult> ExecuteAsync(
        ResourceEvent target, string name, CancellationToken cancellationToken)
    {
        var command = target.Resource.Annotations.OfType<ResourceCommandAnnotation>()
            .FirstOrDefault(c => c.Name == name);
        if (command is null)
        {
            return CommandResults.Failure($"Command '{name}' not available for resource '{target.Resource.Name}'.");
        }

        var state = command.UpdateState(new() { ResourceSnapshot = target.Snapshot, ServiceProvider = _services });
        if (state != ResourceCommandState.Enabled)
        {
            return CommandResults.Failure(
                $"Command '{name}' of '{target.Resource.Name}' is {state} "
                + $"while the resource is {target.Snapshot.State?.Text}.");
        }

        _logger.LogInformation("Executing command '{Command}' of '{Resource}'.", name, target.Resource.Name);
        var result = await command.ExecuteCommand(new ExecuteCommandContext
        {
            ServiceProvider = _services,
            ResourceName = target.ResourceId,
            CancellationToken = cancellationToken,
            Logger = _logger,
        }).ConfigureAwait(false);
        _logger.LogInformation(
            "Command '{Command}' of '{Resource}' {Outcome}. {Message}",
            name, target.Resource.Name, result.Success ? "succeeded" : "failed", result.Message);
        return result;
    }
}
