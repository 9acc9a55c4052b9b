using Binance.Net.Clients.Rest;
using Microsoft.Extensions.Logging;

namespace Binance.Net.Clients.Streams;

/// <summary>The connections of a client: subscriptions of one address share them up to the options' numbers.</summary>
internal sealed class SocketPool(BinanceSocketOptions options, ILogger logger) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly List<SocketConnection> _connections = [];
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile bool _isDisposed;

    public async Task<WebSocketResult<UpdateSubscription>> SubscribeAsync(
        Uri uri, StreamSubscription subscription, CancellationToken ct)
    {
        if (_isDisposed) return Failed(new InvalidOperationError("The client is disposed."));
        var (connection, error) = await ConnectAsync(uri, ct).ConfigureAwait(false);
        error ??= await connection!.SubscribeAsync(subscription).ConfigureAwait(false);
        if (error is not null) return Failed(error);
        if (ct.CanBeCanceled)
            subscription.Cancellation = ct.UnsafeRegister(_ => _ = subscription.CloseAsync(), null);
        return new(RestTransport.Exchange, subscription.Public, null)
        {
            ConnectionId = connection!.Id,
            Url = uri.ToString(),
        };
    }

    public async Task CloseAllAsync() =>
        await Task.WhenAll(Snapshot().Select(connection => connection.EndAsync())).ConfigureAwait(false);

    public void Dispose()
    {
        _isDisposed = true;
        foreach (var connection in Snapshot()) _ = connection.EndAsync();
    }

    private static WebSocketResult<UpdateSubscription> Failed(Error error) => new(RestTransport.Exchange, null, error);

    // One at a time, so that the second subscription finds the first one's connection.
    private async Task<(SocketConnection? Connection, Error? Error)> ConnectAsync(Uri uri, CancellationToken ct)
    {
        try
        {
            await _turn.WaitAsync(ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException e)
        {
            return (null, new CancellationRequestedError(e));
        }

        try
        {
            if (await WaitForReadyAsync(uri, ct).ConfigureAwait(false) is { } error) return (null, error);
            if (FindFree(uri) is { } free) return (free, null);
            var connection = new SocketConnection(uri, options, logger, Remove);
            lock (_lock) _connections.Add(connection);
            return (connection, await connection.OpenAsync(ct).ConfigureAwait(false));
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<Error?> WaitForReadyAsync(Uri uri, CancellationToken ct)
    {
        var deadline = DateTime.UtcNow + s_patience;
        while (Of(uri) is { Count: > 0 } known && !known.Exists(connection => connection.IsReady))
        {
            if (DateTime.UtcNow > deadline) return new CantConnectError();
            await Task.Delay(s_step, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ct.IsCancellationRequested) return new CancellationRequestedError();
        }

        return null;
    }

    private SocketConnection? FindFree(Uri uri)
    {
        var least = Of(uri).Where(connection => connection.IsReady).MinBy(connection => connection.Load.Subscriptions);
        var isFull = least is null || least.Load.Subscriptions >= (options.SocketSubscriptionsCombineTarget ?? 1)
            || least.Load.Streams >= options.SocketIndividualSubscriptionCombineTarget;
        return isFull && Snapshot().Count < (options.MaxSocketConnections ?? int.MaxValue) ? null : least;
    }

    private List<SocketConnection> Of(Uri uri) =>
        [.. Snapshot().Where(connection => connection.Uri == uri && !connection.IsEnded)];

    private List<SocketConnection> Snapshot()
    {
        lock (_lock) return [.. _connections];
    }

    private void Remove(SocketConnection connection)
    {
        lock (_lock) _connections.Remove(connection);
    }
}
