using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Quantum.Venue.Engine;

/// <summary>The venue behind Kestrel: the parts put together, started and stopped as one.</summary>
public sealed class VenueServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private VenueServer(WebApplication app, VenueCore core) => (_app, Core) = (app, core);

    public VenueCore Core { get; }

    /// <summary>Where it listens; known once it is started.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features
        .Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Starts the loop and then listens.</summary>
    /// <param name="core">The parts, with the market side's addresses and listener added.</param>
    /// <param name="args">Of the command line, for the web host.</param>
    public static async Task<VenueServer> StartAsync(VenueCore core, string[] args)
    {
        ArgumentNullException.ThrowIfNull(core);
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(core.Options.Url);
        var app = builder.Build();
        core.Loop.Start();
        await app.StartAsync();
        return new VenueServer(app, core);
    }

    /// <summary>Ends with the process' signal, or with the loop's fault.</summary>
    public async Task RunAsync()
    {
        var first = await Task.WhenAny(_app.WaitForShutdownAsync(), Core.Loop.Ended);
        await first;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Core.Dispose();
    }
}
