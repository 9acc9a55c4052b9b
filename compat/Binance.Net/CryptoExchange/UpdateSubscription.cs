using Binance.Net.Clients.Streams;

namespace CryptoExchange.Net.Objects.Sockets;

/// <summary>
/// A subscription to updates, which outlives the connections it is served by. Its events come on threads of the pool
/// and in no order with the updates.
/// </summary>
public class UpdateSubscription
{
    private readonly StreamSubscription _subscription;

    internal UpdateSubscription(StreamSubscription subscription) => _subscription = subscription;

    /// <summary>Updates are missing from now on; the connection is being opened anew.</summary>
    public event Action? ConnectionLost;

    /// <summary>The connection was closed for this subscription, which was its last.</summary>
    public event Action? ConnectionClosed;

    /// <summary>A new connection did not take the subscriptions and is opened anew.</summary>
    public event Action<Error>? ResubscribingFailed;

    /// <summary>Updates come again; what came in the time given is lost.</summary>
    public event Action<TimeSpan>? ConnectionRestored;

    public int SocketId => _subscription.Connection?.Id ?? 0;

    public int Id => _subscription.Id;

    public DateTime? LastReceiveTime => _subscription.Connection?.LastReceiveTime;

    public Task CloseAsync() => _subscription.CloseAsync();

    /// <summary>Breaks the connection, which is opened anew.</summary>
    public Task ReconnectAsync()
    {
        _subscription.Connection?.Break();
        return Task.CompletedTask;
    }

    internal void OnLost() => ConnectionLost?.Invoke();

    internal void OnClosed() => ConnectionClosed?.Invoke();

    internal void OnResubscribingFailed(Error error) => ResubscribingFailed?.Invoke(error);

    internal void OnRestored(TimeSpan outage) => ConnectionRestored?.Invoke(outage);
}
