using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Quantum.Bench.Chaos;

/// <summary>
/// One link on loopback that this harness owns: it can carry nothing, be slow, and lead elsewhere. Any thread.
/// </summary>
internal sealed class TcpProxy : IDisposable
{
    private const int BufferBytes = 65_536;
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, byte> _open = new();
    private volatile int _target;
    private volatile bool _isOver;

    /// <param name="target">The port on loopback that it leads to.</param>
    public TcpProxy(int target)
    {
        _target = target;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = Task.Run(AcceptAsync);
    }

    public int Port { get; }

    /// <summary>True: nothing arrives any more, and nobody is told. What was under way arrives when it ends.</summary>
    public bool IsCut { get; set; }

    /// <summary>How late everything is, either way.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Leads elsewhere from now on; what is connected is closed.</summary>
    public void LeadTo(int target)
    {
        _target = target;
        foreach (var socket in _open.Keys) socket.Dispose();
    }

    public void Dispose()
    {
        _isOver = true;
        _listener.Dispose();
        foreach (var socket in _open.Keys) socket.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!_isOver) _ = CarryAsync(await _listener.AcceptSocketAsync());
        }
        catch (Exception fault) when (IsEnd(fault))
        {
            // The end of the run.
        }
    }

    private async Task CarryAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using (client)
        {
            _open[client] = _open[server] = 0;
            try
            {
                client.NoDelay = server.NoDelay = true;
                await PassAsync();
                await server.ConnectAsync(IPAddress.Loopback, _target);
                await Task.WhenAny(PumpAsync(client, server), PumpAsync(server, client));
            }
            catch (Exception fault) when (IsEnd(fault))
            {
                // Whoever is at the other end finds its connection closed.
            }

            _open.TryRemove(client, out _);
            _open.TryRemove(server, out _);
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var read)
            {
                if (Delay > TimeSpan.Zero) await Task.Delay(Delay);
                await PassAsync();
                for (var sent = 0; sent < read;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
            }
        }
        catch (Exception fault) when (IsEnd(fault))
        {
            // Both ways end with one.
        }
    }

    private async Task PassAsync()
    {
        while (IsCut && !_isOver) await Task.Delay(s_look);
    }

    private static bool IsEnd(Exception fault) =>
        fault is SocketException or ObjectDisposedException;
}
