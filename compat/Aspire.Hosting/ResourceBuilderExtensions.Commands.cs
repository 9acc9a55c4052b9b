using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting;

/// <content>Commands and the manifest.</content>
public static partial class ResourceBuilderExtensions
{
    /// <summary>Adds a command, or replaces the one of its name.</summary>
    public static IResourceBuilder<T> WithCommand<T>(
        this IResourceBuilder<T> builder,
        string name,
        string displayName,
        Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
        CommandOptions? commandOptions = null)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(executeCommand);
        foreach (var old in builder.Resource.Annotations.OfType<ResourceCommandAnnotation>().Where(c => c.Name == name)
            .ToList())
        {
            builder.Resource.Annotations.Remove(old);
        }

        commandOptions ??= new();
        var updateState = commandOptions.UpdateState ?? (_ => ResourceCommandState.Enabled);
        return builder.WithAnnotation(
            new ResourceCommandAnnotation(name, displayName, updateState, executeCommand, commandOptions));
    }

    /// <summary>Adds a command that is an HTTP request to the resource.</summary>
    public static IResourceBuilder<TResource> WithHttpCommand<TResource>(
        this IResourceBuilder<TResource> builder,
        string path,
        string displayName,
        string? endpointName = null,
        string? commandName = null,
        HttpCommandOptions? commandOptions = null)
        where TResource : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        commandOptions ??= new();
        commandOptions.Method ??= HttpMethod.Post;
        commandOptions.UpdateState ??= context =>
            context.ResourceSnapshot.State?.Text == KnownResourceStates.Running
                ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;
        var endpoint = commandOptions.EndpointSelector?.Invoke() ?? HttpEndpoint(builder, endpointName, "HTTP command");
#pragma warning disable CA1308 // The real names are lower case.
        var method = commandOptions.Method.Method.ToLowerInvariant();
#pragma warning restore CA1308
        commandName ??= $"{builder.Resource.Name}-{endpoint.EndpointName}-http-{method}-{path}";
        return builder.WithCommand(commandName, displayName, c =>
            Send(c, endpoint, path, commandOptions), commandOptions);
    }

    /// <summary>Keeps the resource out of the manifest.</summary>
    public static IResourceBuilder<T> ExcludeFromManifest<T>(this IResourceBuilder<T> builder) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(
            ManifestPublishingCallbackAnnotation.Ignore, ResourceAnnotationMutationBehavior.Replace);
    }

    private static async Task<ExecuteCommandResult> Send(
        ExecuteCommandContext context, EndpointReference endpoint, string path, HttpCommandOptions options)
    {
        using var client = context.ServiceProvider.GetRequiredService<IHttpClientFactory>()
            .CreateClient(options.HttpClientName ?? Options.DefaultName);
        using var request = new HttpRequestMessage(options.Method!, new Uri(new Uri(endpoint.Url), path));
        if (options.PrepareRequest is { } prepare)
        {
            await prepare(new HttpCommandRequestContext
            {
                ServiceProvider = context.ServiceProvider,
                ResourceName = context.ResourceName,
                Endpoint = endpoint,
                CancellationToken = context.CancellationToken,
                HttpClient = client,
                Request = request,
            }).ConfigureAwait(false);
        }

        try
        {
            using var response = await client.SendAsync(request, context.CancellationToken).ConfigureAwait(false);
            return options.GetCommandResult is { } judge
                ? await judge(new HttpCommandResultContext
                {
                    ServiceProvider = context.ServiceProvider,
                    ResourceName = context.ResourceName,
                    Endpoint = endpoint,
                    CancellationToken = context.CancellationToken,
                    HttpClient = client,
                    Response = response,
                }).ConfigureAwait(false)
                : response.IsSuccessStatusCode ? CommandResults.Success()
                : CommandResults.Failure($"Request failed with status code {response.StatusCode}");
        }
        catch (HttpRequestException unreachable)
        {
            return CommandResults.Failure(unreachable);
        }
    }
}
