using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Quantum.Testing;

/// <summary>
/// A server whose answers a test chooses: it reads commands and sends back the bytes that the test's function gives;
/// null means silence. PING, AUTH, SELECT and CLIENT are answered by itself when the function gives the empty text.
/// </summary>
public sealed class FakeRedis : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string[], string?> _answer;
    private readonly List<TcpClient> _clients = [];
    private int _connections;

    public FakeRedis(Func<string[], string?> answer)
    {
        _answer = answer;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        new Thread(Accept) { IsBackground = true, Name = "fake-redis" }.Start();
    }

    /// <summary>TCP port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Connections accepted so far; 0 or more.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>
    /// Bytes sent at a time, 0 for all at once; small pieces show what a client does with split replies.
    /// </summary>
    public int PieceBytes { get; init; }

    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    public void Dispose()
    {
        _listener.Stop();
        lock (_clients)
        {
            foreach (var client in _clients) client.Dispose();
        }
    }

    private void Accept()
    {
        try
        {
            while (true)
            {
                var client = _listener.AcceptTcpClient();
                client.NoDelay = true;
                Interlocked.Increment(ref _connections);
                lock (_clients) _clients.Add(client);
                new Thread(() => Serve(client)) { IsBackground = true, Name = "fake-redis-client" }.Start();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private void Serve(TcpClient client)
    {
        try
        {
            using var stream = client.GetStream();
            using var input = new BufferedStream(stream);
            while (ReadCommand(input) is { } command)
            {
                var answer = _answer(command);
                if (answer is null) continue;
                Send(stream, Encoding.Latin1.GetBytes(answer.Length > 0 ? answer : Usual(command)));
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException
            or NotSupportedException
            or FormatException)
        {
            // The client went away or spoke something else, which many tests want.
        }
    }

    private void Send(NetworkStream stream, byte[] bytes)
    {
        if (PieceBytes <= 0)
        {
            stream.Write(bytes);
            return;
        }

        for (var at = 0; at < bytes.Length; at += PieceBytes)
            stream.Write(bytes, at, Math.Min(PieceBytes, bytes.Length - at));
    }

    private static string Usual(string[] command) => command[0].ToUpperInvariant() switch
    {
        "PING" => "+PONG\r\n",
        "CLIENT" when command[1].Equals("ID", StringComparison.OrdinalIgnoreCase) => ":7\r\n",
        _ => "+OK\r\n",
    };

    private static string[]? ReadCommand(Stream input)
    {
        var header = ReadLine(input);
        if (header is null) return null;
        var command = new string[int.Parse(header.AsSpan(1), CultureInfo.InvariantCulture)];
        for (var i = 0; i < command.Length; i++)
        {
            var length = int.Parse(ReadLine(input).AsSpan(1), CultureInfo.InvariantCulture);
            var bytes = new byte[length + 2];
            input.ReadExactly(bytes);
            command[i] = Encoding.UTF8.GetString(bytes, 0, length);
        }

        return command;
    }

    private static string? ReadLine(Stream input)
    {
        var line = new StringBuilder();
        while (true)
        {
            var next = input.ReadByte();
            if (next < 0) return null;
            if (next == '\n') return line.ToString().TrimEnd('\r');
            line.Append((char)next);
        }
    }
}
