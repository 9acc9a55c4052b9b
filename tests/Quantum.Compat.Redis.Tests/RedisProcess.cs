using RedisServer = Quantum.Testing.RedisServer;
using RedisServerOptions = Quantum.Testing.RedisServerOptions;

namespace Quantum.Compat.Redis.Tests;

/// <summary>A redis-server with a password and an append-only file, so that a restart keeps what it held.</summary>
public sealed class RedisProcess : IDisposable
{
    public const string Password = "correct-horse";

    private readonly RedisServer _server;

    private RedisProcess(RedisServer server) => _server = server;

    public int Port => _server.Port;

    public string Open =>
        $"127.0.0.1:{Port},password={Password},allowAdmin=true,connectTimeout=10000,asyncTimeout=30000";

    public static RedisProcess Start(params string[] arguments) => new(RedisServer.Start(new RedisServerOptions
    {
        Password = Password,
        AppendOnly = true,
        Arguments = arguments,
    }));

    public static int FreePort() => RedisServer.FreePort();

    public void StartAgain() => _server.StartAgain();

    public void Kill() => _server.Kill();

    public void Dispose() => _server.Dispose();
}
