using Grpc.Net.Client;
using Quantum.Testing;

namespace Quantum.Services.Tests.GrpcJs;

/// <summary>The sizing service as the AppHost starts it: a process over Redis, gRPC on a port of its own.</summary>
public sealed class SizingHost : IAsyncLifetime, IDisposable
{
    private readonly RedisServer _redis = RedisServer.Start();
    private readonly GrpcChannel _channel;
    private ServiceProcess? _process;

    public SizingHost()
    {
        Target = FormattableString.Invariant($"127.0.0.1:{RedisServer.FreePort()}");
        _channel = GrpcChannel.ForAddress($"http://{Target}");
        Client = new Sizing.V1.Sizing.SizingClient(_channel);
    }

    /// <summary>Host and port of gRPC, HTTP/2 without TLS.</summary>
    public string Target { get; }

    /// <summary>The client that the trading bot uses.</summary>
    public Sizing.V1.Sizing.SizingClient Client { get; }

    /// <summary>What the service has logged, each line with the trace it belongs to.</summary>
    public string Log => _process!.Output;

    public async Task InitializeAsync() => _process = await ServiceProcess.StartAsync(
        "Quantum.Sizing",
        $"ConnectionStrings:redis={_redis.ConnectionString}",
        $"Kestrel:Endpoints:grpc:Url=http://{Target}",
        "Kestrel:Endpoints:grpc:Protocols=Http2",
        "Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics=Information",
        "Logging:Console:FormatterName=simple",
        "Logging:Console:FormatterOptions:IncludeScopes=true");

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _channel.Dispose();
        _process?.Dispose();
        _redis.Dispose();
    }
}
