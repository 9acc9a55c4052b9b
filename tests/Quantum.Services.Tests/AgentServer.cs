extern alias agent;

using System.Collections.Concurrent;
using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quantum.Roles.Sizing;
using Quantum.Sizing.V1;
using Served = agent::Quantum.Sizing.V1;

namespace Quantum.Services.Tests;

/// <summary>A call that a silent agent got: until when its caller waits, and the sign that it gave up.</summary>
internal sealed record SilentCall(DateTime DeadlineUtc, CancellationToken GivenUp);

/// <summary>A sizing agent behind real gRPC on 127.0.0.1: the service of production, or one that misbehaves.</summary>
internal sealed class AgentServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private AgentServer(WebApplication app)
    {
        _app = app;
        var address = app.Urls.Single();
        Target = new Uri(address).Authority;
        _channel = GrpcChannel.ForAddress(address);
        Client = new Sizing.V1.Sizing.SizingClient(_channel);
    }

    public Sizing.V1.Sizing.SizingClient Client { get; }

    /// <summary>Host and port.</summary>
    public string Target { get; }

    public static Task<AgentServer> StartAsync(SizingPolicyRole policies) => StartAsync(
        services => services.AddSingleton(policies), app => app.MapGrpcService<agent::Quantum.Sizing.SizingService>());

    /// <summary>An agent that never answers; it notes the calls it got.</summary>
    public static Task<AgentServer> StartSilentAsync(ConcurrentQueue<SilentCall>? calls = null) => StartAsync(
        services => services.AddSingleton(calls ?? new ConcurrentQueue<SilentCall>()),
        app => app.MapGrpcService<SilentAgent>());

    /// <summary>An agent whose answers are no sizes.</summary>
    public static Task<AgentServer> StartRavingAsync() =>
        StartAsync(_ => { }, app => app.MapGrpcService<RavingAgent>());

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.DisposeAsync();
    }

    private static async Task<AgentServer> StartAsync(Action<IServiceCollection> add, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        builder.Services.AddRouting();
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        builder.Services.AddGrpc();
        add(builder.Services);
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return new AgentServer(app);
    }

    private sealed class SilentAgent(ConcurrentQueue<SilentCall> calls) : Served.Sizing.SizingBase
    {
        public override async Task<Served.DecideReply> Decide(Served.DecideRequest request, ServerCallContext context)
        {
            calls.Enqueue(new SilentCall(context.Deadline, context.CancellationToken));
            await Task.Delay(Timeout.Infinite, context.CancellationToken); // not a wait: an agent that never answers
            return new Served.DecideReply();
        }
    }

    private sealed class RavingAgent : Served.Sizing.SizingBase
    {
        public override Task<Served.DecideReply> Decide(Served.DecideRequest request, ServerCallContext context) =>
            Task.FromResult(new Served.DecideReply { PositionSizeUsd = "much", Leverage = 0 });
    }
}
