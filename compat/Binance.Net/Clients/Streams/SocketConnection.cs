using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.WebSockets;
using Microsoft.Extensions.Logging;

namespace Binance.Net.Clients.Streams;

/// <summary>A websocket that is opened anew when it breaks and then subscribes again to all that it served.</summary>
[SuppressMessage("Design", "CA1001", Justification = "without timers and wait handles they hold nothing to free")]
internal sealed partial class SocketConnection(
    Uri uri, BinanceSocketOptions options, ILogger logger, Action<SocketConnection> onEnd)
{
    private const int LargestRequest = 4000;
    private const int ResubscribedAtOnce = 5;

    private static readonly TimeSpan s_keepAlive = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_connecting = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_closing = TimeSpan.FromSeconds(1);
    private static int s_lastId;

    private readonly Lock _lock = new();
    private readonly List<StreamSubscription> _subscriptions = [];
    private readonly SocketRequests _requests = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly ReconnectDelay _delay = new(options);
    private readonly CancellationTokenSource _end = new();
    private volatile RouteTable _routes = new([]);
    private volatile ClientWebSocket? _socket;
    private volatile bool _isReady;
    private Task _running = Task.CompletedTask;
    private DateTime _lostAt;

    public int Id { get; } = Interlocked.Increment(ref s_lastId);

    public Uri Uri => uri;

    public DateTime? LastReceiveTime { get; private set; }

    /// <summary>True when it is open and all that it serves is subscribed.</summary>
    public bool IsReady => _isReady;

    public bool IsEnded => _end.IsCancellationRequested;

    public (int Subscriptions, int Streams) Load
    {
        get
        {
            lock (_lock) return (_subscriptions.Count, _subscriptions.Sum(subscription => subscription.Topics.Length));
        }
    }

    /// <summary>Opens the socket for the first time; gives an error when it cannot.</summary>
    public async Task<Error?> OpenAsync(CancellationToken ct)
    {
        if (await ConnectAsync(ct).ConfigureAwait(false) is { } error)
        {
            await EndAsync().ConfigureAwait(false);
            return error;
        }

        _isReady = true;
        _running = Task.Run(RunAsync, CancellationToken.None);
        return null;
    }

    /// <summary>Adds a subscription and waits for the exchange's reply.</summary>
    public async Task<Error?> SubscribeAsync(StreamSubscription subscription)
    {
        subscription.Connection = this;
        Change(subscriptions => subscriptions.Add(subscription));
        if (await RequestAsync("SUBSCRIBE", subscription.Topics).ConfigureAwait(false) is not { } error) return null;
        await CloseAsync(subscription).ConfigureAwait(false);
        return error;
    }

    /// <summary>Ends a subscription, and with the last one the connection.</summary>
    public async Task CloseAsync(StreamSubscription subscription)
    {
        bool isLast;
        bool isServedElse;
        lock (_lock)
        {
            if (subscription.IsClosed) return;
            subscription.IsClosed = true;
            var others = _subscriptions.Where(other => other != subscription && !other.IsClosed).ToList();
            isLast = others.Count == 0;
            // As the library: of two user streams on a connection none is unsubscribed while the other is there.
            isServedElse = others.Any(other => other.Routes.Keys.All(subscription.Routes.ContainsKey));
        }

        await subscription.Cancellation.DisposeAsync().ConfigureAwait(false);
        if (!isLast && !isServedElse && _isReady)
            await RequestAsync("UNSUBSCRIBE", subscription.Topics).ConfigureAwait(false);
        Change(subscriptions => subscriptions.Remove(subscription));
        if (!isLast) return;
        await EndAsync().ConfigureAwait(false);
        _ = Task.Run(subscription.Public.OnClosed);
    }

    /// <summary>Breaks the socket; it is opened anew.</summary>
    public void Break() => _socket?.Abort();

    /// <summary>Ends the connection for good.</summary>
    public async Task EndAsync()
    {
        _isReady = false;
        // In this order: either the end sees the newest socket or who opened it sees the end.
        await _end.CancelAsync().ConfigureAwait(false);
        var socket = _socket;
        onEnd(this);
        if (socket is not { State: WebSocketState.Open })
        {
            socket?.Abort();
            return;
        }

        using var patience = new CancellationTokenSource(s_closing);
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "Closing", patience.Token)
                .ConfigureAwait(false);
            await _running.WaitAsync(s_closing).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or TimeoutException)
        {
            LogClosing(logger, Id, e.Message);
        }

        socket.Abort();
    }

    private void Change(Action<List<StreamSubscription>> change)
    {
        lock (_lock)
        {
            change(_subscriptions);
            _routes = new(_subscriptions.Where(subscription => !subscription.IsClosed));
        }
    }

    private List<StreamSubscription> Active()
    {
        lock (_lock) return [.. _subscriptions.Where(subscription => !subscription.IsClosed)];
    }

    private async Task<Error?> RequestAsync(string method, string[] topics)
    {
        var (id, text, reply) = _requests.Begin(method, topics);
        try
        {
            if (text.Length > LargestRequest)
                return new InvalidOperationError($"The request has {text.Length} bytes, at most {LargestRequest}.");
            if (await SendAsync(text).ConfigureAwait(false) is { } error) return error;
            return await reply.WaitAsync(options.RequestTimeout).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            return new TimeoutError(exception: e);
        }
        finally
        {
            _requests.End(id);
        }
    }

    private async Task<Error?> SendAsync(byte[] text)
    {
        if (_socket is not { State: WebSocketState.Open } socket) return new WebError("the socket is not open");
        await _sending.WaitAsync().ConfigureAwait(false);
        try
        {
            await socket.SendAsync(text, WebSocketMessageType.Text, true, CancellationToken.None).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            return new WebError(e.Message, e);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task<Error?> ConnectAsync(CancellationToken ct)
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = s_keepAlive;
        socket.Options.KeepAliveTimeout = s_keepAlive;
        socket.Options.CollectHttpResponseDetails = true;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, _end.Token);
        either.CancelAfter(s_connecting);
        try
        {
            await socket.ConnectAsync(uri, either.Token).ConfigureAwait(false);
            _socket = socket;
            return null;
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            var status = socket.HttpStatusCode;
            socket.Dispose();
            return status switch
            {
                HttpStatusCode.TooManyRequests => new ServerRateLimitError(e.Message, e),
                HttpStatusCode.Unauthorized => new ServerError(ErrorType.Unauthorized, "Refused with status 401"),
                _ => new CantConnectError(e),
            };
        }
    }
}
