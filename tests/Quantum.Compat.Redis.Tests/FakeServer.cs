using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Quantum.Compat.Redis.Tests;

/// <summary>A server that says PONG to the greeting and then whatever the test wants, also nothing.</summary>
internal sealed class FakeServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _clients = [];
    private readonly string? _greeting;
    private readonly string? _reply;
    private int _accepted;

    public FakeServer(string? greeting = "+PONG\r\n", string? reply = null)
    {
        _greeting = greeting;
        _reply = reply;
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
        while (true)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync();
            }
            catch (Exception error) when (error is ObjectDisposedException or SocketException)
            {
                return;
            }

            _clients.Add(client);
            Interlocked.Increment(ref _accepted);
            _ = ServeAsync(client.GetStream());
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        var buffer = new byte[64 * 1024];
        var answers = new Queue<string?>([_greeting]);
        try
        {
            while (await stream.ReadAsync(buffer) > 0)
            {
                if ((answers.TryDequeue(out var answer) ? answer : _reply) is { } text)
                    await stream.WriteAsync(Encoding.Latin1.GetBytes(text));
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The client went away, which is what some tests want.
        }
    }
}
