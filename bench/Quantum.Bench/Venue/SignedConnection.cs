using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Quantum.Bench.Venue;

/// <summary>
/// One keep-alive connection to the venue's REST addresses, on a bare socket: the client must not be what is measured.
/// </summary>
internal sealed class SignedConnection : IDisposable
{
    private const int BufferBytes = 16_384;
    private static readonly byte[] s_headEnd = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] s_chunksEnd = "0\r\n\r\n"u8.ToArray();

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _secret;
    private readonly string _head;
    private readonly byte[] _buffer = new byte[BufferBytes];

    public SignedConnection(Uri rest, string key, string secret)
    {
        _secret = Encoding.ASCII.GetBytes(secret);
        _head = $" /fapi/v1/order HTTP/1.1\r\nHost: {rest.Authority}\r\nX-MBX-APIKEY: {key}\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ";
        _socket.Connect(IPAddress.Loopback, rest.Port);
    }

    /// <summary>Sends a request about an order and waits for its reply; throws with it when it is not 200.</summary>
    /// <param name="method">POST places, DELETE cancels.</param>
    /// <param name="parameters">All but time and signature.</param>
    public async Task SendAsync(string method, string parameters)
    {
        var nowMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var body = string.Create(CultureInfo.InvariantCulture, $"{parameters}&recvWindow=60000&timestamp={nowMs}");
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.ASCII.GetBytes(body)));
        body += "&signature=" + signature;
        var request = string.Create(CultureInfo.InvariantCulture, $"{method}{_head}{body.Length}\r\n\r\n{body}");
        await _socket.SendAsync(Encoding.ASCII.GetBytes(request));
        var length = 0;
        do
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(length));
            if (read == 0) throw new InvalidOperationException("the venue closed the connection.");
            length += read;
        }
        while (!IsWhole(_buffer.AsSpan(0, length)));

        if (!_buffer.AsSpan(0, length).StartsWith("HTTP/1.1 200"u8))
        {
            throw new InvalidOperationException(
                $"the venue refused an order: {Encoding.UTF8.GetString(_buffer.AsSpan(0, length))}");
        }
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> reply)
    {
        var end = reply.IndexOf(s_headEnd);
        if (end < 0) return false;
        var head = Encoding.ASCII.GetString(reply[..end]);
        var at = head.IndexOf("content-length:", StringComparison.OrdinalIgnoreCase);
        if (at < 0) return reply.EndsWith(s_chunksEnd);
        var line = head.AsSpan(at + "content-length:".Length);
        var stop = line.IndexOf('\r');
        var length = int.Parse(stop < 0 ? line : line[..stop], CultureInfo.InvariantCulture);
        return reply.Length >= end + s_headEnd.Length + length;
    }
}
