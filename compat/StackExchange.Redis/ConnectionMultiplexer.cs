using System.Diagnostics;

namespace StackExchange.Redis;

/// <summary>
/// The shared client: one pipelined connection to the database of the connection string. With several endpoints it uses
/// the first that answers; it knows no subscriptions, replicas, cluster or sentinel.
/// </summary>
public sealed class ConnectionMultiplexer : IConnectionMultiplexer
{
    private readonly ConfigurationOptions _options;
    private readonly RedisLink _link;

    private ConnectionMultiplexer(ConfigurationOptions options)
    {
        if (options.EndPoints.Count == 0)
        {
            throw new ArgumentException(
                "No endpoints specified: the Redis connection string holds no host:port.", nameof(options));
        }

        _options = options;
        _options.SetDefaultPorts();
        _link = new(_options);
    }

    public string ClientName => _options.ClientName ?? Environment.MachineName;

    public string Configuration => _options.ToString(includePassword: false);

    public bool IsConnected => _link.IsConnected;

    /// <summary>Set by the Aspire stand-in: commands are recorded as activities of this source.</summary>
    internal ActivitySource? Tracing { get; set; }

    public static ConnectionMultiplexer Connect(string configuration, TextWriter? log = null) =>
        Connect(ConfigurationOptions.Parse(configuration), log);

    public static ConnectionMultiplexer Connect(ConfigurationOptions configuration, TextWriter? log = null) =>
        Task.Run(() => ConnectAsync(configuration, log)).GetAwaiter().GetResult();

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

    public IDatabase GetDatabase(int db = -1, object? asyncState = null) =>
        (db == -1 || db == (_options.DefaultDatabase ?? 0)) && asyncState is null
            ? new RedisDatabase(this)
            : throw new NotSupportedException(
                "The stand-in serves the database of its connection string (defaultDatabase) and has no asyncState; "
                + "StackExchange.Redis serves all and has.");

    public void Dispose() => Task.Run(() => DisposeAsync().AsTask()).GetAwaiter().GetResult();

    public ValueTask DisposeAsync() => _link.DisposeAsync();

    internal async Task<T> SendAsync<T>(Command command, Converter<RedisResult, T> read)
    {
        Check(command);
        var reply = await CallAsync(command).ConfigureAwait(false);
        return reply.IsError ? throw new RedisServerException(reply.ToString()) : read(reply);
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

    private async Task<RedisResult> CallAsync(Command command)
    {
        using var activity = Tracing?.StartActivity(command.Name, ActivityKind.Client);
        activity?.SetTag("db.system", "redis");
        activity?.SetTag("db.statement", command.Name);
        activity?.SetTag("db.redis.database_index", _options.DefaultDatabase ?? 0);
        try
        {
            return await _link.CallAsync(command, _options.AsyncTimeout).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            activity?.SetStatus(ActivityStatusCode.Error, error.Message);
            throw;
        }
    }
}
