using System.Net;
using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Running;

/// <summary>Takes commands over HTTP on the loopback address, in place of the dashboard that the stand-in does not
/// have.</summary>
internal sealed class ControlServer(
    IConfiguration configuration, ResourceNotificationService notifications, ResourceCommandService commands)
{
    private WebApplication? _application;

    /// <summary>Starts listening on the port <c>AppHost:ControlPort</c>, or a free one.</summary>
    public async Task<string> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, configuration.GetValue("AppHost:ControlPort", 0)));
        _application = builder.Build();
        _application.Use(RefuseBrowsersOfOtherSites);
        _application.Run(AnswerAsync);
        await _application.StartAsync(cancellationToken).ConfigureAwait(false);
        return _application.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    public async Task StopAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync().ConfigureAwait(false);
            _application = null;
        }
    }

    /// <summary>A page from elsewhere that is open in the operator's browser must not give commands.</summary>
    private static Task RefuseBrowsersOfOtherSites(HttpContext context, RequestDelegate next)
    {
        var isLocal = context.Request.Host.Host is "localhost" or "127.0.0.1";
        if (isLocal && context.Request.Headers.Origin.Count == 0)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync("Only programs on this machine may ask: no foreign Host, no Origin.");
    }

    private IEnumerable<object> Resources() => notifications.All().Select(e => new
    {
        id = e.ResourceId,
        resource = e.Resource.Name,
        state = e.Snapshot.State?.Text,
        health = e.Snapshot.HealthStatus?.ToString(),
        exitCode = e.Snapshot.ExitCode,
        urls = e.Resource is IResourceWithEndpoints listener ? listener.GetEndpoints().Select(p => p.Url) : [],
        commands = e.Resource.Annotations.OfType<ResourceCommandAnnotation>()
            .Select(c => new { name = c.Name, displayName = c.DisplayName }),
    });

    /// <summary>GET /resources, POST /resources/{name}/commands/{command}; a command's name may hold slashes.</summary>
    private Task AnswerAsync(HttpContext context)
    {
        var parts = context.Request.Path.ToString().Split('/', 5);
        switch (context.Request.Method, parts)
        {
            case ("GET", ["", "resources"]):
                return context.Response.WriteAsJsonAsync(Resources());
            case ("POST", ["", "resources", var name, "commands", var command]):
                return ExecuteAsync(context, name, command);
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return context.Response.WriteAsync("GET /resources or POST /resources/{name}/commands/{command}");
        }
    }

    private async Task ExecuteAsync(HttpContext context, string name, string command)
    {
        var result = await commands.ExecuteCommandAsync(name, command, context.RequestAborted).ConfigureAwait(false);
        context.Response.StatusCode = result.Success ? StatusCodes.Status200OK : StatusCodes.Status409Conflict;
        await context.Response.WriteAsJsonAsync(
            new { success = result.Success, canceled = result.Canceled, message = result.Message })
                .ConfigureAwait(false);
    }
}
