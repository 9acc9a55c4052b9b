namespace Binance.Net.Clients.Streams;

/// <summary>What one call subscribed to: its streams and where their frames go.</summary>
internal sealed class StreamSubscription
{
    private static int s_lastId;

    private volatile bool _isClosed;

    /// <param name="topics">What SUBSCRIBE names.</param>
    /// <param name="routes">By stream or by kind of event.</param>
    public StreamSubscription(string[] topics, IReadOnlyDictionary<string, StreamRoute> routes)
    {
        Topics = topics;
        Routes = routes;
        Id = Interlocked.Increment(ref s_lastId);
        Public = new(this);
    }

    public int Id { get; }

    public string[] Topics { get; }

    public IReadOnlyDictionary<string, StreamRoute> Routes { get; }

    public UpdateSubscription Public { get; }

    /// <summary>Null until it is subscribed.</summary>
    public SocketConnection? Connection { get; set; }

    public CancellationTokenRegistration Cancellation { get; set; }

    public bool IsClosed
    {
        get => _isClosed;
        set => _isClosed = value;
    }

    public Task CloseAsync() => Connection?.CloseAsync(this) ?? Task.CompletedTask;
}
