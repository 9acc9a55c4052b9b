using System.Text;
using Quantum.Contracts.Units;
using Quantum.Resp;

namespace Quantum.EventLog.Redis;

/// <summary>
/// One connection that is made anew after it broke, with every failure told as one of the log's three exceptions. For
/// one thread at a time; never waits to retry, because only the runner knows whether it still may.
/// </summary>
internal sealed class RedisPipe : IDisposable
{
    private readonly RespEndpoint _endpoint;
    private RespConnection? _connection;
    private RespEndpoint _target;

    public RedisPipe(RespEndpoint endpoint) => _endpoint = _target = endpoint;

    /// <summary>
    /// The keys that are written and read over it, with the type of each: what tells which one holds another type, for
    /// the server only says that one does.
    /// </summary>
    public Func<IEnumerable<(string Key, string Type)>> Keys { get; set; } = static () => [];

    /// <summary>The server's number of the connection, or 0 without one.</summary>
    public long ClientId => Volatile.Read(ref _connection)?.ClientId ?? 0;

    public RespConnection Connection
    {
        get
        {
            if (_connection is { IsBroken: false } alive)
            {
                if (alive.PendingReplies == 0) return alive;
                // A new connection could overtake what the old one still carries; the caller must take a new epoch
                // first.
                Drop();
                throw new LogUnavailableException("Replies of Redis were left unread, so the connection was closed.");
            }

            Drop();
            return _connection = RespConnection.Connect(_target);
        }
    }

    /// <summary>The connection on which replies are due.</summary>
    public RespConnection Current =>
        _connection ?? throw new LogUnavailableException("The connection to Redis was closed while a reply was due.");

    /// <summary>Runs an operation and translates what it throws.</summary>
    public TResult Run<TArgument, TResult>(TArgument argument, Func<RespConnection, TArgument, TResult> operation)
        where TArgument : allows ref struct
    {
        try
        {
            return operation(Connection, argument);
        }
        catch (Exception e) when (e is RespException or OperationCanceledException or ObjectDisposedException)
        {
            throw Translate(e);
        }
    }

    public Exception Translate(Exception error)
    {
        if (error is not RespServerException server)
        {
            Drop();
            _target = _endpoint;
            return new LogUnavailableException(error.Message, error);
        }

        switch (server.Code)
        {
            case RespErrorCode.NoGroup or RespErrorCode.Unblocked:
                return new GroupMissingException(server.Message, server);
            case RespErrorCode.WrongType:
                Drop();
                return WrongType(server);
            case RespErrorCode.WrongPass or RespErrorCode.NoAuth or RespErrorCode.NoPermission
                or RespErrorCode.CrossSlot:
                Drop();
                return new LogRefusedException(server.Message, server);
            case RespErrorCode.Moved when server.RedirectHost is { } host:
                Drop();
                _target =
                    _endpoint with { Host = host.Length == 0 ? _endpoint.Host : host, Port = server.RedirectPort };
                return new LogUnavailableException(server.Message, server);
            default:
                Drop();
                _target = _endpoint;
                return new LogUnavailableException(server.Message, server);
        }
    }

    /// <summary>Ends the connection; a running read on another thread ends too.</summary>
    public void Dispose() => Drop();

    private LogRefusedException WrongType(RespServerException server)
    {
        try
        {
            using var connection = RespConnection.Connect(_target);
            foreach (var (key, type) in Keys())
            {
                var found = connection.Call("TYPE", key).ReadString();
                if (found == type || found == "none") continue;
                return new LogRefusedException(
                    $"the key {key} holds a {found} where a {type} belongs: use a Redis database of Quantum's own, or "
                    + "remove the key.", server);
            }
        }
        catch (RespException)
        {
            // The first error is the one to tell.
        }

        return new LogRefusedException(server.Message, server);
    }

    private void Drop() => Interlocked.Exchange(ref _connection, null)?.Dispose();
}
