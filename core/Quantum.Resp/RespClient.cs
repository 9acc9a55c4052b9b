namespace Quantum.Resp;

/// <summary>
/// Owns one connection and makes it anew when it broke, for one thread at a time. It follows a cluster's MOVED and ASK,
/// so everything sent through it must live in one slot.
/// </summary>
public sealed class RespClient : IDisposable
{
    private readonly RespClientOptions _options;
    private readonly RespBackoff _backoff;
    private readonly CancellationTokenSource _disposed = new();
    private RespEndpoint _current;
    private RespConnection? _connection;
    private bool _asking;
    private bool _everConnected;
    private int _redirects;

    public RespClient(RespEndpoint endpoint, RespClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        Endpoint = endpoint;
        _current = endpoint;
        _options = options ?? new RespClientOptions();
        _backoff = new RespBackoff(_options.Random, _options.BackoffFirstMs, _options.BackoffCapMs);
    }

    /// <summary>The endpoint as configured; a redirect does not change it.</summary>
    public RespEndpoint Endpoint { get; }

    /// <summary>Where the connection goes now.</summary>
    public RespEndpoint Current => _current;

    /// <summary>How often a connection was made; 0 or more.</summary>
    public int Connects { get; private set; }

    /// <summary>
    /// A connection that is not known to be broken; makes one if need be, as often as it takes. A wrong password or
    /// database is thrown at once, and so is every failure of the first connection when the endpoint says
    /// abortConnect=true.
    /// </summary>
    public RespConnection Get(CancellationToken cancel = default)
    {
        ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
        if (_connection is { IsBroken: false }) return Ready(_connection);
        Drop();
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancel, _disposed.Token);
        while (true)
        {
            try
            {
                _connection = RespConnection.Connect(_current, _options.Limits, linked.Token);
                Connects++;
                _everConnected = true;
                if (_disposed.IsCancellationRequested) Drop();
                linked.Token.ThrowIfCancellationRequested();
                return Ready(_connection!);
            }
            catch (RespException e) when (IsPassing(e))
            {
                _current = Endpoint;
                _asking = false;
                Wait(e, linked.Token);
            }
        }
    }

    /// <summary>
    /// Tells what an operation on the connection threw. True: try again with <see cref="Get"/> (it was redirected, or
    /// the connection is gone; after a lost connection commands may have run). False: the caller's own error, nothing
    /// changed.
    /// </summary>
    public bool Failed(Exception error, CancellationToken cancel = default)
    {
        if (error is not RespException resp) return false;
        if (resp is not RespServerException server)
        {
            Drop();
            _current = Endpoint;
            return true;
        }

        if (!server.IsTransient) return false;
        Drop();
        _asking = server.Code == RespErrorCode.Ask;
        if (server.RedirectHost is { } host)
        {
            _current = _current with { Host = host.Length == 0 ? _current.Host : host, Port = server.RedirectPort };
            // Two servers that point at each other must not make a hot loop.
            if (++_redirects <= 1) return true;
        }
        else
        {
            _current = Endpoint;
        }

        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancel, _disposed.Token);
        Wait(server, linked.Token);
        return true;
    }

    /// <summary>Tells that an operation succeeded, so that the next failure waits briefly again.</summary>
    public void Succeeded()
    {
        _redirects = 0;
        _backoff.Reset();
    }

    /// <summary>Runs an operation until it succeeds or fails by its own fault. It may run more than once.</summary>
    public TResult Execute<TResult>(Func<RespConnection, TResult> operation, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        while (true)
        {
            var connection = Get(cancel);
            try
            {
                var result = operation(connection);
                Succeeded();
                return result;
            }
            catch (RespException e)
            {
                // Not a filter: what is thrown while a filter waits is swallowed.
                if (!Failed(e, cancel)) throw;
            }
        }
    }

    /// <summary>Waits as after a failed attempt, for a caller that retries what <see cref="Get"/> throws.</summary>
    public void Pause(Exception cause, CancellationToken cancel = default)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancel, _disposed.Token);
        Wait(cause, linked.Token);
    }

    /// <summary>Ends the connection and every wait; safe from any thread.</summary>
    public void Dispose()
    {
        if (_disposed.IsCancellationRequested) return;
        _disposed.Cancel();
        Volatile.Read(ref _connection)?.Cancel();
        Drop();
    }

    private RespConnection Ready(RespConnection connection)
    {
        if (!_asking) return connection;
        // One ASKING covers one command; the slot's next command is asked for at its old owner again.
        _asking = false;
        connection.Call("ASKING").ThrowIfError();
        _current = Endpoint;
        return connection;
    }

    private bool IsPassing(RespException error)
    {
        if (!_everConnected && (Endpoint.AbortOnConnectFail || error is RespProtocolException)) return false;
        return error is not RespServerException server || server.IsTransient
            || server.Code is RespErrorCode.Busy or RespErrorCode.TooManyClients;
    }

    private void Wait(Exception error, CancellationToken cancel)
    {
        var wait = _backoff.Next();
        _options.OnRetry?.Invoke(error, wait);
        Task.Delay(wait, _options.Time, cancel).GetAwaiter().GetResult();
    }

    private void Drop()
    {
        Interlocked.Exchange(ref _connection, null)?.Dispose();
    }
}
