using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Quantum.Compat.Redis.Tests;

/// <summary>A redis-server of the test's own: loopback, free port, temporary folder, ended by its process id.</summary>
public sealed class RedisProcess : IAsyncDisposable
{
    public const string Password = "correct-horse";

    private readonly string[] _arguments;
    private Process? _process;

    private RedisProcess(int port, string[] arguments)
    {
        Port = port;
        _arguments = arguments;
        Folder = Directory.CreateTempSubdirectory("quantum-redis-").FullName;
    }

    public int Port { get; }

    public string Folder { get; }

    public string Open => $"127.0.0.1:{Port},password={Password},allowAdmin=true,connectTimeout=10000,asyncTimeout=30000";

    public static async Task<RedisProcess> StartAsync(params string[] arguments)
    {
        var server = new RedisProcess(FreePort(), arguments);
        await server.StartAgainAsync();
        return server;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async Task StartAgainAsync()
    {
        string[] own =
        [
            "--port", $"{Port}", "--bind", "127.0.0.1", "--dir", Folder, "--save", "", "--appendonly", "yes",
            "--requirepass", Password, "--loglevel", "warning",
        ];
        var start = new ProcessStartInfo("redis-server") { RedirectStandardOutput = true };
        foreach (var argument in own.Concat(_arguments))
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        await Poll.UntilAsync(CanConnectAsync, "redis-server to listen");
    }

    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            Kill();
        await Task.Yield();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task<bool> CanConnectAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
