using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Quantum.Compat.Redis.Tests;

/// <summary>A server that greets and then reads nothing, so that the client's writes fill up and stop.</summary>
internal sealed class StuckServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _clients = [];
    private int _accepted;

    public StuckServer()
    {
        _listener.Server.ReceiveBufferSize = 4096;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Accepted => Volatile.Read(ref _accepted);

    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var client in _clients)
            client.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _clients.Add(client);
                Interlocked.Increment(ref _accepted);
                var greeting = new byte[14];
                await client.GetStream().ReadExactlyAsync(greeting);
                await client.GetStream().WriteAsync("+PONG\r\n"u8.ToArray());
            }
        }
        catch (Exception error) when (error is ObjectDisposedException or SocketException or IOException)
        {
            // Disposed.
        }
    }
}
