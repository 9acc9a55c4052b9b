namespace CryptoExchange.Net.Objects.Sockets;

/// <summary>A subscription to updates, which outlives the connections it is served by.</summary>
public class UpdateSubscription
{
    internal UpdateSubscription()
    {
    }

    public event Action? ConnectionLost;

    public event Action? ConnectionClosed;

    public event Action<Error>? ResubscribingFailed;

    public event Action<TimeSpan>? ConnectionRestored;

    public event Action<Exception>? Exception;

    public int SocketId { get; internal set; }

    public int Id { get; internal set; }

    public DateTime? LastReceiveTime { get; internal set; }

    public Task CloseAsync() => Task.FromException(new NotSupportedException($"{Id}"));

    public Task ReconnectAsync() => Task.FromException(new NotSupportedException($"{Id}"));

    internal void Raise()
    {
        ConnectionLost?.Invoke();
        ConnectionClosed?.Invoke();
        ResubscribingFailed?.Invoke(new CantConnectError());
        ConnectionRestored?.Invoke(default);
        Exception?.Invoke(new InvalidOperationException());
    }
}
