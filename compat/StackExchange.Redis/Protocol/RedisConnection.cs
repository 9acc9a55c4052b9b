using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace StackExchange.Redis;

/// <summary>One socket: it writes calls in order and hands each reply to the oldest call that has none.</summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    private const int BatchBytes = 64 * 1024;

    private readonly Stream _stream;
    private readonly RespReader _reader;
    private readonly Queue<PendingCall> _inFlight = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly ConfigurationOptions _options;
    private RedisConnectionException? _endedBy;

    private RedisConnection(EndPoint endPoint, Stream stream, ConfigurationOptions options)
    {
        EndPoint = endPoint;
        _stream = stream;
        _options = options;
        _reader = new(stream);
    }

    public EndPoint EndPoint { get; }

    public static async Task<RedisConnection> OpenAsync(
        EndPoint endPoint,
        ConfigurationOptions options,
        CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(options.ConnectTimeout);
        var stage = "connect";
        Stream? stream = null;
        try
        {
            stream = await ConnectAsync(endPoint, deadline.Token).ConfigureAwait(false);
            if (options.Ssl)
            {
                stage = "TLS handshake";
                stream = await SecureAsync(stream, endPoint, options, deadline.Token).ConfigureAwait(false);
            }

            stage = "greeting";
            var connection = new RedisConnection(endPoint, stream, options);
            await connection.GreetAsync(deadline.Token).ConfigureAwait(false);
            return connection;
        }
        catch (Exception error)
        {
            if (stream is not null)
                await stream.DisposeAsync().ConfigureAwait(false);
            if (error is OperationCanceledException && !cancellation.IsCancellationRequested)
                error = Failure(ConnectionFailureType.UnableToConnect, $"no answer within {options.ConnectTimeout} ms");
            throw error is RedisConnectionException or OperationCanceledException
                ? error
                : Failure(ConnectionFailureType.UnableToConnect, $"{stage}: {error.Message}", error);
        }
    }

    /// <summary>Serves the queue until the connection ends; returns why it ended.</summary>
    public async Task<RedisConnectionException> ServeAsync(CallQueue queue, CancellationToken cancellation)
    {
        using var stop = cancellation.Register(
            () => End(Failure(ConnectionFailureType.ConnectionDisposed, "this client closed the connection")));
        await Task.WhenAll(
            EndOnErrorAsync(() => WriteLoopAsync(queue)),
            EndOnErrorAsync(ReadLoopAsync),
            EndOnErrorAsync(() => KeepAliveAsync(queue))).ConfigureAwait(false);
        lock (_inFlight)
        {
            foreach (var call in _inFlight)
                call.Fail(_endedBy!);
            _inFlight.Clear();
        }

        return _endedBy!;
    }

    /// <summary>Ends the connection when not a byte came since this call was sent: nobody is there.</summary>
    public void OnTimeout(PendingCall call)
    {
        if (_reader.LastReadTick <= call.SentTick)
        {
            End(Failure(
                ConnectionFailureType.SocketFailure,
                $"no byte came for {Environment.TickCount64 - call.SentTick} ms while a reply was due (half-open)"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync().ConfigureAwait(false);
        _ended.Dispose();
    }

    private static RedisConnectionException Failure(ConnectionFailureType type, string what, Exception? cause = null) =>
        new(type, what, cause);

    private static async Task<Stream> ConnectAsync(EndPoint endPoint, CancellationToken cancellation)
    {
        var (host, port) = EndPointCollection.Split(endPoint);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Stream> SecureAsync(
        Stream plain,
        EndPoint endPoint,
        ConfigurationOptions options,
        CancellationToken cancellation)
    {
        var secure = new SslStream(plain, leaveInnerStreamOpen: false, options.CertificateCheck);
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = options.SslHost ?? EndPointCollection.Split(endPoint).Host,
                CertificateRevocationCheckMode = options.CheckCertificateRevocation
                    ? System.Security.Cryptography.X509Certificates.X509RevocationMode.Online
                    : System.Security.Cryptography.X509Certificates.X509RevocationMode.NoCheck,
            },
            cancellation).ConfigureAwait(false);
        return secure;
    }

    private async Task GreetAsync(CancellationToken cancellation)
    {
        if (!string.IsNullOrEmpty(_options.Password))
        {
            var auth = new Command("AUTH").ArgIf(!string.IsNullOrEmpty(_options.User), _options.User ?? "");
            await AskAsync(auth.Arg(_options.Password), cancellation).ConfigureAwait(false);
        }

        await AskAsync(new("PING"), cancellation).ConfigureAwait(false);
        if (!string.IsNullOrEmpty(_options.ClientName))
        {
            var name = new Command("CLIENT").Arg("SETNAME").Arg(_options.ClientName);
            await AskAsync(name, cancellation).ConfigureAwait(false);
        }

        if (_options.DefaultDatabase is > 0 and var database)
            await AskAsync(new Command("SELECT").Arg(database), cancellation).ConfigureAwait(false);
    }

    private async Task AskAsync(Command command, CancellationToken cancellation)
    {
        var buffer = new ArrayBufferWriter<byte>();
        command.WriteTo(buffer);
        await _stream.WriteAsync(buffer.WrittenMemory, cancellation).ConfigureAwait(false);
        var reply = await _reader.ReadAsync(cancellation).ConfigureAwait(false);
        if (!reply.IsError)
            return;
        var text = reply.ToString();
        throw text switch
        {
            _ when text.StartsWith("NOAUTH", StringComparison.Ordinal) => Failure(
                ConnectionFailureType.AuthenticationFailure,
                $"{text} (add password=… to the Redis connection string)"),
            _ when text.StartsWith("WRONGPASS", StringComparison.Ordinal) || command.Name == "AUTH" => Failure(
                ConnectionFailureType.AuthenticationFailure,
                $"{text} (check user= and password= in the Redis connection string)"),
            _ when text.StartsWith("LOADING", StringComparison.Ordinal) => Failure(ConnectionFailureType.Loading, text),
            _ => Failure(ConnectionFailureType.UnableToConnect, $"{command.Name} was refused: {text}"),
        };
    }

    private async Task WriteLoopAsync(CallQueue queue)
    {
        var buffer = new ArrayBufferWriter<byte>(BatchBytes);
        while (true)
        {
            if (queue.Take(this) is not { } call)
            {
                await FlushAsync(buffer).ConfigureAwait(false);
                await queue.WaitAsync(_ended.Token).ConfigureAwait(false);
                continue;
            }

            call.Command.WriteTo(buffer);
            lock (_inFlight)
                _inFlight.Enqueue(call);
            if (buffer.WrittenCount >= BatchBytes)
                await FlushAsync(buffer).ConfigureAwait(false);
        }
    }

    private async Task FlushAsync(ArrayBufferWriter<byte> buffer)
    {
        if (buffer.WrittenCount == 0)
            return;
        await _stream.WriteAsync(buffer.WrittenMemory, _ended.Token).ConfigureAwait(false);
        buffer.ResetWrittenCount();
    }

    private async Task ReadLoopAsync()
    {
        while (true)
        {
            var reply = await _reader.ReadAsync(_ended.Token).ConfigureAwait(false);
            PendingCall? call;
            lock (_inFlight)
                _inFlight.TryDequeue(out call);
            if (call is null)
            {
                throw Failure(
                    ConnectionFailureType.ProtocolFailure,
                    $"a reply came that nobody asked for: {reply}");
            }

            call.Complete(reply);
        }
    }

    private async Task KeepAliveAsync(CallQueue queue)
    {
        var interval = TimeSpan.FromSeconds(_options.KeepAlive > 0 ? _options.KeepAlive : 60);
        using var timer = new PeriodicTimer(interval);
        while (await timer.WaitForNextTickAsync(_ended.Token).ConfigureAwait(false))
        {
            if (Environment.TickCount64 - _reader.LastReadTick < interval.TotalMilliseconds)
                continue;
            var probe = new PendingCall(new("PING"));
            queue.Enqueue(probe);
            try
            {
                await probe.Reply.WaitAsync(TimeSpan.FromMilliseconds(_options.AsyncTimeout), _ended.Token)
                    .ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                if (!queue.Remove(probe))
                    OnTimeout(probe);
            }
        }
    }

    private async Task EndOnErrorAsync(Func<Task> loop)
    {
        try
        {
            await loop().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // Another loop, or the owner, ended the connection and said why.
        }
        catch (RedisConnectionException error)
        {
            End(error);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or SocketException)
        {
            End(Failure(ConnectionFailureType.SocketFailure, error.Message, error));
        }
        catch (Exception error)
        {
            End(Failure(ConnectionFailureType.InternalFailure, error.Message, error));
        }
    }

    private void End(RedisConnectionException reason)
    {
        if (Interlocked.CompareExchange(ref _endedBy, reason, null) is null)
            _ended.Cancel();
    }
}
