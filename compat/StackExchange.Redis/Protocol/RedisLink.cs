using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace StackExchange.Redis;

/// <summary>Keeps one connection alive: connects, serves, and connects again with growing, jittered pauses.</summary>
internal sealed class RedisLink : IAsyncDisposable
{
    private const int FirstPauseMs = 50;
    private const int LongestPauseMs = 5_000;

    private readonly ConfigurationOptions _options;
    private readonly CallQueue _queue = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ILogger _log;
    private readonly Task _running;
    private volatile TaskCompletionSource _attempt = NewAttempt();
    private volatile RedisConnection? _current;
    private volatile RedisConnectionException? _lastError;
    private int _disposed;

    public RedisLink(ConfigurationOptions options)
    {
        _options = options;
        _log = (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger<ConnectionMultiplexer>();
        _running = Task.Run(RunAsync);
    }

    public bool IsConnected => _current is not null;

    public RedisConnectionException? LastError => _lastError;

    /// <summary>Completes at the end of the attempt to connect that is under way.</summary>
    public Task AttemptAsync() => _attempt.Task;

    public async Task<RedisResult> CallAsync(Command command, int timeoutMs)
    {
        var call = new PendingCall(command);
        ObjectDisposedException.ThrowIf(!_queue.Enqueue(call), typeof(ConnectionMultiplexer));
        try
        {
            return await call.Reply.WaitAsync(TimeSpan.FromMilliseconds(timeoutMs)).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw TimedOut(call, timeoutMs);
        }
        catch (RedisConnectionException error)
        {
            // Own instance per call, so that each caller gets its own stack and the command's name.
            throw new RedisConnectionException(
                error.FailureType,
                $"{error.Message} ({command.Name} at {Where(call)})",
                error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _queue.Close(new ObjectDisposedException(nameof(ConnectionMultiplexer)));
        _stop.Dispose();
        _queue.Dispose();
    }

    private static TaskCompletionSource NewAttempt() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private string Where(PendingCall call) => EndPointCollection.Format(call.SentOn?.EndPoint ?? _options.EndPoints[0]);

    private Exception TimedOut(PendingCall call, int timeoutMs)
    {
        if (_queue.Remove(call))
        {
            var reason = _lastError is { } error ? $"; last error: {error.Message}" : "";
            return _current is null
                ? new RedisConnectionException(
                    ConnectionFailureType.UnableToConnect,
                    $"No connection to Redis at {Where(call)} for {timeoutMs} ms ({call.Command.Name}){reason}",
                    _lastError)
                : new RedisTimeoutException(
                    $"Timeout of {timeoutMs} ms before {call.Command.Name} was sent to {Where(call)}");
        }

        call.SentOn?.OnTimeout(call);
        return new RedisTimeoutException(
            $"Timeout of {timeoutMs} ms awaiting the reply to {call.Command.Name} from {Where(call)}; "
            + "whether it ran is unknown");
    }

    private async Task RunAsync()
    {
        var failures = 0;
        for (var round = 0; !_stop.IsCancellationRequested; round++)
        {
            var endPoint = _options.EndPoints[round % _options.EndPoints.Count];
            try
            {
                var connection = await RedisConnection.OpenAsync(endPoint, _options, _stop.Token)
                    .ConfigureAwait(false);
                var since = Environment.TickCount64;
                await ServeAsync(connection).ConfigureAwait(false);
                // A server that greets and then closes at once is no better than none.
                failures = Environment.TickCount64 - since > LongestPauseMs ? 0 : failures + 1;
            }
            catch (RedisConnectionException error)
            {
                failures++;
                OnFailed(endPoint, error);
            }
            catch (OperationCanceledException)
            {
                break;
            }

            await PauseAsync(failures).ConfigureAwait(false);
        }

        Interlocked.Exchange(ref _attempt, NewAttempt()).TrySetResult();
    }

    private async Task ServeAsync(RedisConnection connection)
    {
        await using (connection.ConfigureAwait(false))
        {
            _current = connection;
            _lastError = null;
            Interlocked.Exchange(ref _attempt, NewAttempt()).TrySetResult();
            if (_log.IsEnabled(LogLevel.Information))
                _log.LogInformation("Redis {EndPoint}: connected", connection.EndPoint);
            var reason = await connection.ServeAsync(_queue, _stop.Token).ConfigureAwait(false);
            _current = null;
            if (!_stop.IsCancellationRequested)
                OnFailed(connection.EndPoint, reason);
        }
    }

    private void OnFailed(EndPoint endPoint, RedisConnectionException error)
    {
        _lastError = error;
        Interlocked.Exchange(ref _attempt, NewAttempt()).TrySetResult();
        if (_log.IsEnabled(LogLevel.Warning))
            _log.LogWarning("Redis {EndPoint}: {Failure}: {Reason}", endPoint, error.FailureType, error.Message);
    }

    private async Task PauseAsync(int failures)
    {
        var longest = Math.Min(LongestPauseMs, FirstPauseMs << Math.Min(failures, 10));
#pragma warning disable CA5394 // Only spreads reconnects of several processes in time.
        var pauseMs = Random.Shared.Next(longest / 2, longest);
#pragma warning restore CA5394
        await Task.Delay(pauseMs, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
