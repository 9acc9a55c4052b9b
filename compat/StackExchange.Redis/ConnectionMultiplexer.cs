using System.Diagnostics;
using System.Net;

namespace StackExchange.Redis;

/// <summary>
/// The shared client: one pipelined connection for commands and, once something subscribes, one for messages.
/// With several endpoints it uses the first that answers; it knows no replicas, cluster or sentinel.
/// </summary>
public sealed class ConnectionMultiplexer : IConnectionMultiplexer
{
    private readonly ConfigurationOptions _options;
    private readonly RedisLink _link;
    private readonly Lazy<RedisSubscriber> _subscriber;
    private int _connectedBefore;

    private ConnectionMultiplexer(ConfigurationOptions options)
    {
        if (options.EndPoints.Count == 0)
        {
            throw new ArgumentException(
                "No endpoints specified: the Redis connection string holds no host:port.", nameof(options));
        }

        _options = options.Clone();
        _options.SetDefaultPorts();
        _link = new(_options, ConnectionType.Interactive);
        _link.Failed += (_, e) => ConnectionFailed?.Invoke(this, e);
        _link.Restored += OnRestored;
        _subscriber = new(() => new(this, _options, e => ConnectionFailed?.Invoke(this, e)));
    }

    public event EventHandler<ConnectionFailedEventArgs>? ConnectionFailed;

    public event EventHandler<ConnectionFailedEventArgs>? ConnectionRestored;

    public string ClientName => _options.ClientName ?? Environment.MachineName;

    public string Configuration => _options.ToString(includePassword: false);

    public int TimeoutMilliseconds => _options.SyncTimeout;

    public bool IsConnected => _link.IsConnected;

    public bool IsConnecting => !_link.IsConnected;

    /// <summary>Set by the Aspire stand-in: commands are recorded as activities of this source.</summary>
    internal ActivitySource? Tracing { get; set; }

    internal EndPoint? ConnectedEndPoint => _link.EndPoint;

    public static ConnectionMultiplexer Connect(string configuration, TextWriter? log = null) =>
        Connect(ConfigurationOptions.Parse(configuration), log);

    public static ConnectionMultiplexer Connect(ConfigurationOptions configuration, TextWriter? log = null) =>
        Task.Run(() => ConnectAsync(configuration, log)).GetAwaiter().GetResult();

    public static Task<ConnectionMultiplexer> ConnectAsync(string configuration, TextWriter? log = null) =>
        ConnectAsync(ConfigurationOptions.Parse(configuration), log);

    public static async Task<ConnectionMultiplexer> ConnectAsync(
        ConfigurationOptions configuration,
        TextWriter? log = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var multiplexer = new ConnectionMultiplexer(configuration);
        // Who goes on in the background anyway does not wait here for more than one look at each address.
        var rounds = configuration.AbortOnConnectFail ? Math.Max(1, configuration.ConnectRetry) : 1;
        var attempts = rounds * configuration.EndPoints.Count;
        for (var attempt = 1; attempt <= attempts; attempt++)
        {
            // Taken before the look at IsConnected: the link connects first and then completes the task.
            var ended = multiplexer._link.AttemptAsync();
            if (multiplexer.IsConnected)
                break;
            await ended.ConfigureAwait(false);
            if (log is not null && !multiplexer.IsConnected)
            {
                await log.WriteLineAsync($"attempt {attempt}: {multiplexer._link.LastError?.Message}")
                    .ConfigureAwait(false);
            }

            if (multiplexer._link.LastError?.FailureType == ConnectionFailureType.AuthenticationFailure)
                break;
        }

        if (multiplexer.IsConnected || !configuration.AbortOnConnectFail)
            return multiplexer;
        var cause = multiplexer._link.LastError;
        await multiplexer.DisposeAsync().ConfigureAwait(false);
        var where = string.Join(" or ", configuration.EndPoints.Select(EndPointCollection.Format));
        throw new RedisConnectionException(
            cause?.FailureType == ConnectionFailureType.AuthenticationFailure
                ? ConnectionFailureType.AuthenticationFailure
                : ConnectionFailureType.UnableToConnect,
            $"It was not possible to connect to Redis at {where}: {cause?.Message}. "
            + "To connect in the background instead, set abortConnect=false in the connection string.",
            cause);
    }

    public IDatabase GetDatabase(int db = -1, object? asyncState = null)
    {
        NoState(asyncState);
        ArgumentOutOfRangeException.ThrowIfLessThan(db, -1);
        return new RedisDatabase(this, db < 0 ? Math.Max(_options.DefaultDatabase ?? 0, 0) : db);
    }

    public ISubscriber GetSubscriber(object? asyncState = null)
    {
        NoState(asyncState);
        return _subscriber.Value;
    }

    public EndPoint[] GetEndPoints(bool configuredOnly = false) => [.. _options.EndPoints];

    public IServer[] GetServers() => Array.ConvertAll(GetEndPoints(), endPoint => GetServer(endPoint));

    public IServer GetServer(string host, int port, object? asyncState = null) =>
        GetServer($"{host}:{port}", asyncState);

    public IServer GetServer(string hostAndPort, object? asyncState = null) =>
        EndPointCollection.TryParse(hostAndPort, out var endPoint)
            ? GetServer(endPoint, asyncState)
            : throw new ArgumentException($"'{hostAndPort}' is not host:port.", nameof(hostAndPort));

    public IServer GetServer(EndPoint? endpoint, object? asyncState = null)
    {
        NoState(asyncState);
        ArgumentNullException.ThrowIfNull(endpoint);
        return _options.EndPoints.Contains(endpoint)
            ? new RedisServer(this, endpoint, Math.Max(_options.DefaultDatabase ?? 0, 0))
            : throw new ArgumentException("The specified endpoint is not defined", nameof(endpoint));
    }

    public void Wait(Task task)
    {
        if (Task.WaitAny([task], _options.SyncTimeout) < 0)
        {
            throw new RedisTimeoutException(
                $"Timeout of {_options.SyncTimeout} ms in a blocking call; whether it ran is unknown",
                CommandStatus.Unknown);
        }

        task.GetAwaiter().GetResult();
    }

    public T Wait<T>(Task<T> task)
    {
        Wait((Task)task);
        return task.GetAwaiter().GetResult();
    }

    public void Close(bool allowCommandsToComplete = true) => Dispose();

    public Task CloseAsync(bool allowCommandsToComplete = true) => DisposeAsync().AsTask();

    public void Dispose() => Task.Run(() => DisposeAsync().AsTask()).GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        if (_subscriber.IsValueCreated)
            await _subscriber.Value.DisposeAsync().ConfigureAwait(false);
        await _link.DisposeAsync().ConfigureAwait(false);
    }

    public override string ToString() => $"{ClientName} ({Configuration})";

    internal async Task<T> SendAsync<T>(
        Command command,
        int database,
        Converter<RedisResult, T> read,
        CommandFlags flags)
    {
        Check(command);
        var reply = CallAsync(command, database);
        if (flags.HasFlag(CommandFlags.FireAndForget))
        {
            // Observed, so that a failure nobody waits for does not surface as an unobserved exception.
            _ = reply.ContinueWith(t => t.Exception, CancellationToken.None, default, TaskScheduler.Default);
            return default!;
        }

        var result = await reply.ConfigureAwait(false);
        return result.IsError ? throw new RedisServerException(result.ToString()) : read(result);
    }

    private static void NoState(object? asyncState)
    {
        if (asyncState is not null)
            throw new NotSupportedException("The stand-in has no asyncState; StackExchange.Redis has.");
    }

    private void Check(Command command)
    {
        if (command.IsAdmin && !_options.AllowAdmin)
        {
            throw new RedisCommandException(
                $"This operation is not available unless admin mode is enabled: {command.Name} "
                + "(add allowAdmin=true to the Redis connection string)");
        }

        if (command.HoldsConnection)
        {
            throw new RedisCommandException(
                $"{command.Name} would hold or change the connection that all callers share and is not sent.");
        }
    }

    private async Task<RedisResult> CallAsync(Command command, int database)
    {
        using var activity = Tracing?.StartActivity(command.Name, ActivityKind.Client);
        activity?.SetTag("db.system", "redis");
        activity?.SetTag("db.statement", command.Name);
        activity?.SetTag("db.redis.database_index", database);
        try
        {
            return await _link.CallAsync(command, database, _options.AsyncTimeout).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            activity?.SetStatus(ActivityStatusCode.Error, error.Message);
            throw;
        }
    }

    private void OnRestored(object? sender, ConnectionFailedEventArgs e)
    {
        // The first connection is not a restored one.
        if (Interlocked.Exchange(ref _connectedBefore, 1) != 0)
            ConnectionRestored?.Invoke(this, e);
    }
}
