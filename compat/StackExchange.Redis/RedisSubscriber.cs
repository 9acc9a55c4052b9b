using System.Diagnostics;
using System.Threading.Channels;

namespace StackExchange.Redis;

/// <summary>Pub/sub over a connection of its own, which is made at the first subscription.</summary>
internal sealed class RedisSubscriber : ISubscriber, IAsyncDisposable
{
    private readonly ConnectionMultiplexer _multiplexer;
    private readonly ConfigurationOptions _options;
    private readonly Lazy<RedisLink> _link;
    private readonly Dictionary<RedisChannel, List<Action<RedisChannel, RedisValue>>> _handlers = [];
    private readonly Channel<Action> _deliveries = Channel.CreateUnbounded<Action>(new() { SingleReader = true });

    public RedisSubscriber(
        ConnectionMultiplexer multiplexer,
        ConfigurationOptions options,
        Action<ConnectionFailedEventArgs> onFailed)
    {
        _multiplexer = multiplexer;
        _options = options;
        _link = new(() =>
        {
            var link = new RedisLink(options, ConnectionType.Subscription, OnPush);
            link.Failed += (_, e) => onFailed(e);
            link.Restored += (_, _) => _ = ResubscribeAsync();
            _ = DeliverAsync();
            return link;
        });
    }

    public IConnectionMultiplexer Multiplexer => _multiplexer;

    public async Task<TimeSpan> PingAsync(CommandFlags flags = CommandFlags.None)
    {
        var started = Stopwatch.GetTimestamp();
        await _multiplexer.SendAsync(new("PING"), PendingCall.AnyDatabase, r => r, flags).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(started);
    }

    public TimeSpan Ping(CommandFlags flags = CommandFlags.None) => _multiplexer.Wait(PingAsync(flags));

    public bool IsConnected(RedisChannel channel = default) => _link.IsValueCreated
        ? _link.Value.IsConnected
        : _multiplexer.IsConnected;

    public Task<long> PublishAsync(RedisChannel channel, RedisValue message, CommandFlags flags = CommandFlags.None) =>
        _multiplexer.SendAsync(
            new Command("PUBLISH").Arg(Name(channel)).Arg(message), PendingCall.AnyDatabase, r => r.Int64, flags);

    public long Publish(RedisChannel channel, RedisValue message, CommandFlags flags = CommandFlags.None) =>
        _multiplexer.Wait(PublishAsync(channel, message, flags));

    public async Task SubscribeAsync(
        RedisChannel channel,
        Action<RedisChannel, RedisValue> handler,
        CommandFlags flags = CommandFlags.None)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _ = Name(channel);
        lock (_handlers)
        {
            if (!_handlers.TryGetValue(channel, out var list))
                _handlers[channel] = list = [];
            list.Add(handler);
        }

        await CallAsync("SUBSCRIBE", channel).ConfigureAwait(false);
    }

    public void Subscribe(
        RedisChannel channel,
        Action<RedisChannel, RedisValue> handler,
        CommandFlags flags = CommandFlags.None) => _multiplexer.Wait(SubscribeAsync(channel, handler, flags));

    public async Task UnsubscribeAsync(
        RedisChannel channel,
        Action<RedisChannel, RedisValue>? handler = null,
        CommandFlags flags = CommandFlags.None)
    {
        lock (_handlers)
        {
            if (!_handlers.TryGetValue(channel, out var list))
                return;
            if (handler is not null)
                list.Remove(handler);
            if (handler is not null && list.Count > 0)
                return;
            _handlers.Remove(channel);
        }

        await CallAsync("UNSUBSCRIBE", channel).ConfigureAwait(false);
    }

    public Task UnsubscribeAllAsync(CommandFlags flags = CommandFlags.None) =>
        Task.WhenAll(Channels().Select(channel => UnsubscribeAsync(channel, null, flags)));

    public async ValueTask DisposeAsync()
    {
        if (_link.IsValueCreated)
            await _link.Value.DisposeAsync().ConfigureAwait(false);
        _deliveries.Writer.TryComplete();
    }

    private static RedisValue Name(RedisChannel channel) => channel.IsNullOrEmpty
        ? throw new ArgumentException("The channel has no name.", nameof(channel))
        : (RedisValue)channel.ToString();

    private RedisChannel[] Channels()
    {
        lock (_handlers)
            return [.. _handlers.Keys];
    }

    private async Task CallAsync(string verb, RedisChannel channel)
    {
        var command = new Command(channel.IsPattern ? "P" + verb : verb).Arg(Name(channel));
        var reply = await _link.Value.CallAsync(command, PendingCall.AnyDatabase, _options.AsyncTimeout)
            .ConfigureAwait(false);
        if (reply.IsError)
            throw new RedisServerException(reply.ToString());
    }

    private async Task ResubscribeAsync()
    {
        try
        {
            await Task.WhenAll(Channels().Select(channel => CallAsync("SUBSCRIBE", channel))).ConfigureAwait(false);
        }
        catch (Exception error) when (error is RedisException or TimeoutException or ObjectDisposedException)
        {
            // The connection ended again, and the next one subscribes anew.
        }
    }

    private bool OnPush(RedisResult reply)
    {
        if (reply.Resp2Type != ResultType.Array || reply.Length < 3)
            return false;
        var kind = reply[0].Value;
        if (kind == "message")
            Queue(RedisChannel.Literal(reply[1].Value!), RedisChannel.Literal(reply[1].Value!), reply[2].Value);
        else if (kind == "pmessage")
            Queue(RedisChannel.Pattern(reply[1].Value!), RedisChannel.Literal(reply[2].Value!), reply[3].Value);
        else
            return false;
        return true;
    }

    private void Queue(RedisChannel subscription, RedisChannel channel, RedisValue message)
    {
        lock (_handlers)
        {
            foreach (var handler in _handlers.GetValueOrDefault(subscription) ?? [])
                _deliveries.Writer.TryWrite(() => handler(channel, message));
        }
    }

    // Handlers run one after the other, away from the read loop, which they could otherwise block.
    private async Task DeliverAsync()
    {
        await foreach (var deliver in _deliveries.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                deliver();
            }
            catch (Exception error)
            {
                Trace.TraceError($"A subscription handler failed: {error}");
            }
        }
    }
}
