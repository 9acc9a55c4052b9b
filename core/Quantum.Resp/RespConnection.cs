using System.Net.Sockets;

namespace Quantum.Resp;

/// <summary>
/// One socket to Redis for one thread at a time: commands are written, flushed together, and answered in order. Any
/// number may be in flight. After a timeout, a broken reply or a lost socket the connection is over; make a new one.
/// </summary>
public sealed class RespConnection : IDisposable
{
    private const int FarewellMs = 100;

    private readonly RespTransport _transport;
    private readonly RespReceiveBuffer _received;
    private readonly RespScanner _scanner;
    private int _replyBytes;
    private int _canceled;
    private bool _flushed;
    private string? _broken;

    private RespConnection(RespEndpoint endpoint, RespLimits limits, RespTransport transport)
    {
        Endpoint = endpoint;
        _transport = transport;
        _received = new RespReceiveBuffer(limits);
        _scanner = new RespScanner(limits);
        Writer = new RespWriter(limits.MaxCommandBytes);
    }

    public RespEndpoint Endpoint { get; }

    internal RespWriter Writer { get; }

    /// <summary>Commands sent whose replies are not read yet; 0 or more.</summary>
    public int PendingReplies { get; private set; }

    /// <summary>The server's number for this connection, for CLIENT UNBLOCK; 1 or more.</summary>
    public long ClientId { get; internal set; }

    /// <summary>True when the connection is over.</summary>
    public bool IsBroken => _broken is not null || Volatile.Read(ref _canceled) != 0;

    /// <summary>Bytes that the receive buffer holds in memory.</summary>
    public int ReceiveCapacityBytes => _received.Capacity;

    /// <summary>
    /// The commands of the last flush, kept until the next write so that a script can be loaded and they be sent again.
    /// </summary>
    internal bool CanReplay => _flushed && Writer.CommandCount > 0;

    /// <summary>
    /// Connects, authenticates, selects the database, sets the client's name and waits for a loading server.
    /// </summary>
    public static RespConnection Connect(
        RespEndpoint endpoint, RespLimits? limits = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var transport = RespTransport.Open(endpoint, cancel);
        var connection = new RespConnection(endpoint, limits ?? RespLimits.Default, transport);
        try
        {
            using var registration = cancel.Register(static c => ((RespConnection)c!).Cancel(), connection);
            RespHandshake.Run(connection, cancel);
            return connection;
        }
        catch
        {
            connection.Dispose();
            cancel.ThrowIfCancellationRequested();
            throw;
        }
    }

    /// <summary>
    /// Starts the next batch of commands: the writer of this connection, empty unless commands already wait.
    /// </summary>
    public RespWriter BeginWrite()
    {
        if (_flushed) Writer.Reset();
        _flushed = false;
        return Writer;
    }

    /// <summary>Sends what <see cref="BeginWrite"/> was followed by. Does nothing when nothing was written.</summary>
    public void Flush()
    {
        if (_flushed || Writer.CommandCount == 0) return;
        var bytes = Writer.Written;
        PendingReplies += Writer.CommandCount;
        _flushed = true;
        Send(bytes);
    }

    /// <summary>Reads the next reply within the endpoint's reply time.</summary>
    public RespReader ReadReply() => ReadReply(Endpoint.ReplyTimeoutMs);

    /// <summary>
    /// Reads the next reply, waiting <paramref name="timeoutMs"/> at most. Its bytes are valid until the next read.
    /// Server errors are replies: they are thrown by the reader's methods, and the connection stays usable.
    /// </summary>
    public RespReader ReadReply(int timeoutMs)
    {
        ThrowIfOver();
        if (PendingReplies == 0)
            throw new InvalidOperationException("No reply is due: every command sent is answered.");
        _received.Read(_replyBytes);
        _replyBytes = 0;
        _scanner.Reset();
        Fill(timeoutMs);
        _replyBytes = _scanner.Position;
        PendingReplies--;
        return new RespReader(_received.Unread[.._replyBytes]);
    }

    /// <summary>
    /// Ends the connection from another thread: it shuts the socket down, and a thread that waits in a read gets an
    /// <see cref="OperationCanceledException"/>. To end only one blocked read and keep the connection, send CLIENT
    /// UNBLOCK with <see cref="ClientId"/> over another connection.
    /// </summary>
    public void Cancel()
    {
        Volatile.Write(ref _canceled, 1);
        _transport.Interrupt();
    }

    public void Dispose()
    {
        _broken ??= "it was disposed";
        _transport.Dispose();
    }

    /// <summary>Sends the commands of the last flush from index <paramref name="first"/> on once more.</summary>
    internal void Replay(int first)
    {
        PendingReplies += Writer.CommandCount - first;
        Send(Writer.WrittenFrom(first));
    }

    /// <summary>Sends one command aside from the writer, whose commands stay for a replay.</summary>
    internal void SendAside(RespWriter command)
    {
        PendingReplies += command.CommandCount;
        Send(command.Written);
    }

    /// <summary>Marks the connection as over and gives back <paramref name="error"/> to throw.</summary>
    internal TException Break<TException>(TException error) where TException : Exception
    {
        _broken ??= error.Message;
        _transport.Dispose();
        return error;
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        ThrowIfOver();
        try
        {
            _transport.Send(bytes);
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            // A server that turns a client away says why, and closes before it is asked anything.
            if (Volatile.Read(ref _canceled) == 0 && Farewell() is { } error) throw Break(error);
            throw Lost("sending", e, Endpoint.ReplyTimeoutMs);
        }
    }

    private RespServerException? Farewell()
    {
        try
        {
            _scanner.Reset();
            _received.Received(_transport.Receive(_received.Room(_scanner.Needed), FarewellMs));
            return Scan(_received.Unread) ? new RespReader(_received.Unread).Error : null;
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or RespException)
        {
            return null;
        }
    }

    private void Fill(int timeoutMs)
    {
        if (Scan(_received.Unread)) return;
        var started = Environment.TickCount64;
        while (true)
        {
            int bytes;
            try
            {
                bytes = _transport.Receive(_received.Room(_scanner.Needed), timeoutMs);
            }
            catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
            {
                throw Lost("waiting for a reply", e, timeoutMs);
            }

            if (bytes == 0) throw Lost("waiting for a reply", null, timeoutMs);
            _received.Received(bytes);
            if (Scan(_received.Unread)) return;
            // A peer that trickles bytes keeps each receive short; the whole reply has the deadline.
            if (Environment.TickCount64 - started > timeoutMs) throw Break(Late(timeoutMs, null));
        }
    }

    private bool Scan(ReadOnlySpan<byte> unread)
    {
        try
        {
            return _scanner.Scan(unread);
        }
        catch (RespProtocolException e)
        {
            Break(e);
            throw;
        }
    }

    private Exception Lost(string doing, Exception? inner, int timeoutMs)
    {
        if (Volatile.Read(ref _canceled) != 0)
            return Break<Exception>(new OperationCanceledException("The Redis connection was canceled.", inner));
        var socketError = (inner as SocketException ?? inner?.InnerException as SocketException)?.SocketErrorCode;
        if (socketError is SocketError.TimedOut or SocketError.WouldBlock) return Break(Late(timeoutMs, inner));
        var how = inner is null ? "the server closed it" : inner.Message;
        return Break(new RespConnectionException(
            $"The connection to Redis at {Endpoint} was lost while {doing} ({how}); " +
            "commands in flight may have run.",
            inner));
    }

    private RespTimeoutException Late(int timeoutMs, Exception? inner) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"Redis at {Endpoint} gave no complete reply within {timeoutMs} ms; ") +
        "the connection is closed, commands in flight may have run.",
        inner);

    private void ThrowIfOver()
    {
        if (Volatile.Read(ref _canceled) != 0)
            throw new OperationCanceledException("The Redis connection was canceled.");
        if (_broken is not null)
        {
            throw new RespConnectionException(
                $"The connection to Redis at {Endpoint} is over ({_broken}); make a new one.");
        }
    }
}
