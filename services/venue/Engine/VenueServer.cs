using System.Net.WebSockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Quantum.Venue.Accounts;
using Quantum.Venue.Faults;

namespace Quantum.Venue.Engine;

/// <summary>The venue behind Kestrel: the parts put together, started and stopped as one.</summary>
public sealed class VenueServer : IAsyncDisposable
{
    private const string ApiPath = "/ws-fapi/v1";

    private readonly WebApplication _app;
    private readonly AccountBook _accounts;

    private VenueServer(WebApplication app, VenueCore core, AccountBook accounts, string key, string secret) =>
        (_app, Core, _accounts, Key, Secret) = (app, core, accounts, key, secret);

    public VenueCore Core { get; }

    /// <summary>API key of the first account.</summary>
    public string Key { get; }

    /// <summary>Secret of the first account.</summary>
    public string Secret { get; }

    /// <summary>Where it listens; known once it is started.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features
        .Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Adds the accounts, starts the loop and then listens.</summary>
    /// <param name="core">The parts, with the market side's addresses and listener added.</param>
    /// <param name="args">Of the command line, for the web host.</param>
    public static async Task<VenueServer> StartAsync(VenueCore core, string[] args)
    {
        ArgumentNullException.ThrowIfNull(core);
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(core.Options.Url);
        builder.WebHost.ConfigureKestrel(options => options.AddServerHeader = false);
        var app = builder.Build();
        var accounts = new AccountBook(core);
        AddRoutes(core);
        var (account, secret) = accounts.Open(core.Options.Key, core.Options.Secret, core.Rules)!.Value;
        var rest = new RestHandler(core, accounts, new Dispatcher(core, accounts));
        var admin = new AdminApi(core, accounts);
        app.UseWebSockets(new WebSocketOptions());
        app.Run(context => HandleAsync(context, core, accounts, rest, admin, app.Lifetime.ApplicationStopping));
        core.Loop.Start();
        await app.StartAsync();
        return new VenueServer(app, core, accounts, account.Key, secret);
    }

    /// <summary>Ends with the process' signal, or with the loop's fault.</summary>
    public async Task RunAsync()
    {
        var first = await Task.WhenAny(_app.WaitForShutdownAsync(), Core.Loop.Ended);
        await first;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Core.Dispose();
        _accounts.Dispose();
    }

    private static void AddRoutes(VenueCore core)
    {
        OrderRoutes.AddTo(core.Routes);
        AlgoRoutes.AddTo(core.Routes);
        AccountRoutes.AddTo(core.Routes, core.Options);
        ConfigRoutes.AddTo(core.Routes);
        ListenKeyRoutes.AddTo(core.Routes);
    }

    private static Task HandleAsync(
        HttpContext context, VenueCore core, AccountBook accounts, RestHandler rest, AdminApi admin,
        CancellationToken stopping)
    {
        if (context.WebSockets.IsWebSocketRequest) return SocketAsync(context, core, accounts, rest, stopping);
        return context.Request.Path.Value!.StartsWith(AdminApi.Prefix, StringComparison.Ordinal)
            ? admin.HandleAsync(context)
            : rest.HandleAsync(context);
    }

    private static async Task SocketAsync(
        HttpContext context, VenueCore core, AccountBook accounts, RestHandler rest, CancellationToken stopping)
    {
        var path = context.Request.Path.Value!;
        var address = StreamAddress.Of(path, context.Request.Query, core.Options.LegacyStreams);
        if (address is null && path != ApiPath)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var every = TimeSpan.FromSeconds(core.Options.PingSeconds);
        using var accepted = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            // With a limit for the answer it is a ping, without one an unasked pong.
            KeepAliveInterval = every, KeepAliveTimeout = every * 3,
        });
        using var socket = new VenueSocket(accepted, TimeSpan.FromSeconds(core.Options.SocketSeconds));
        if (address is not null)
            await new StreamSession(socket, address.Group, address.IsCombined, core, accounts)
                .RunAsync(address.Streams, stopping);
        else
            await new ApiSession(socket, context.Connection.RemoteIpAddress?.ToString() ?? "", core, rest)
                .RunAsync(stopping);
    }
}
