using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Quantum.Resp;

/// <summary>
/// One blocking TCP socket, with TLS or without. Only synchronous calls are made on it: the first asynchronous one
/// would switch the socket to emulated blocking, which costs twice the time per call.
/// </summary>
internal sealed class RespTransport : IDisposable
{
    private const int Expired = 1;
    private const int Connected = 2;
    private const int KeepAliveIdleS = 15;
    private const int KeepAliveIntervalS = 5;
    private const int KeepAliveProbes = 3;
    private const int LinuxTcpLevel = 6;
    private const int LinuxTcpUserTimeout = 18;
    private const int LeastUserTimeoutMs = 10_000;

    private readonly Socket _socket;
    private SslStream? _tls;
    private int _receiveTimeoutMs;

    private RespTransport(Socket socket) => _socket = socket;

    /// <summary>
    /// Opens the socket and, if wanted, TLS; throws a connection or timeout error that names the endpoint.
    /// </summary>
    public static RespTransport Open(RespEndpoint endpoint, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var transport = new RespTransport(socket);
        // A blocking connect has no deadline of its own; disposing the socket ends it. Where threads are scarce the
        // timer is late: whoever of the two comes first has it.
        var first = 0;
        using var timer = new Timer(
            _ =>
            {
                if (Interlocked.CompareExchange(ref first, Expired, 0) == 0) socket.Dispose();
            },
            null, endpoint.ConnectTimeoutMs, Timeout.Infinite);
        using var registration = cancel.Register(static s => ((Socket)s!).Dispose(), socket);
        try
        {
            Configure(socket, endpoint);
            socket.Connect(endpoint.Host, endpoint.Port);
            if (endpoint.UseTls) transport.StartTls(endpoint);
            if (Interlocked.CompareExchange(ref first, Connected, 0) == 0) return transport;
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException
            or AuthenticationException
            or InvalidOperationException)
        {
            transport.Dispose();
            cancel.ThrowIfCancellationRequested();
            throw Volatile.Read(ref first) == Expired || IsTimeout(e) ? TimedOut(endpoint, e) : Failed(endpoint, e);
        }
    }

    /// <summary>
    /// Receives at least one byte; 0 means that the peer closed. Throws <see cref="SocketException"/> TimedOut.
    /// </summary>
    public int Receive(Span<byte> target, int timeoutMs)
    {
        if (timeoutMs != _receiveTimeoutMs)
        {
            _socket.ReceiveTimeout = timeoutMs;
            _receiveTimeoutMs = timeoutMs;
        }

        return _tls is null ? _socket.Receive(target, SocketFlags.None) : _tls.Read(target);
    }

    public void Send(ReadOnlySpan<byte> bytes)
    {
        if (_tls is not null)
        {
            _tls.Write(bytes);
            return;
        }

        while (bytes.Length > 0) bytes = bytes[_socket.Send(bytes, SocketFlags.None)..];
    }

    /// <summary>Wakes a thread that waits in <see cref="Receive"/>; the transport is of no use afterwards.</summary>
    public void Interrupt()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed already, which is what the caller wants.
        }
    }

    public void Dispose()
    {
        // Without a TLS goodbye: it could block on a peer that does not read.
        _socket.Dispose();
    }

    private static void Configure(Socket socket, RespEndpoint endpoint)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveIdleS);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveIntervalS);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveProbes);
        socket.SendTimeout = Math.Max(endpoint.ReplyTimeoutMs, LeastUserTimeoutMs);
        if (!OperatingSystem.IsLinux()) return;
        var userTimeoutMs = BitConverter.GetBytes(Math.Max(endpoint.ReplyTimeoutMs, LeastUserTimeoutMs));
        socket.SetRawSocketOption(LinuxTcpLevel, LinuxTcpUserTimeout, userTimeoutMs);
    }

    private void StartTls(RespEndpoint endpoint)
    {
        _socket.ReceiveTimeout = endpoint.ConnectTimeoutMs;
        _receiveTimeoutMs = endpoint.ConnectTimeoutMs;
        var tls = new SslStream(new NetworkStream(_socket, ownsSocket: false));
        var options = new SslClientAuthenticationOptions { TargetHost = endpoint.TlsHost ?? endpoint.Host };
        if (endpoint.TrustedRoots is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(endpoint.TrustedRoots);
        }

        tls.AuthenticateAsClient(options);
        _tls = tls;
    }

    // A TLS handshake hides the socket's own time-out inside an IOException.
    private static bool IsTimeout(Exception e) =>
        e is SocketException { SocketErrorCode: SocketError.TimedOut }
        || (e.InnerException is { } inner && IsTimeout(inner));

    private static RespTimeoutException TimedOut(RespEndpoint endpoint, Exception inner) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"No connection to Redis at {endpoint} within {endpoint.ConnectTimeoutMs} ms; ")
        + (endpoint.UseTls ? "check host and firewall, or drop ssl=true if that port does not speak TLS."
            : "check host and firewall."),
        inner);

    private static RespConnectionException Failed(RespEndpoint endpoint, Exception inner)
    {
        var mend = inner switch
        {
            SocketException { SocketErrorCode: SocketError.ConnectionRefused } =>
                "nothing listens there; start Redis or correct the port",
            SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain
                or SocketError.NoData } =>
                "the host name is unknown; correct the host",
            AuthenticationException =>
                "its certificate is not trusted for this host; correct sslHost= or trust its root "
                + $"({RespEndpoint.RootsVariable}=root.pem)",
            IOException when endpoint.UseTls => "it does not speak TLS there; drop ssl=true or name its TLS port",
            _ => "check host and port",
        };
        return new RespConnectionException($"No connection to Redis at {endpoint}: {mend} ({inner.Message}).", inner);
    }
}
