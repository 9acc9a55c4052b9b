using System.Collections.Concurrent;
using CryptoExchange.Net.Objects;
using Quantum.Testing;

namespace Quantum.Exchanges.Tests.Standin;

/// <summary>What becomes of subscriptions when their connection breaks.</summary>
public sealed class ReconnectTests : StreamFixture
{
    private const string Book = """{"e":"bookTicker","u":1,"E":1,"T":1,"s":"A","b":"1","B":"1","a":"1","A":"1"}""";

    [Fact]
    public async Task A_broken_connection_is_opened_anew_and_subscribed_again()
    {
        var updates = 0;
        var lost = 0;
        var outages = new ConcurrentQueue<TimeSpan>();
        var market = Client.UsdFuturesApi.ExchangeData;
        var first = Good(await market.SubscribeToBookTickerUpdatesAsync("A", _ => Interlocked.Increment(ref updates)));
        var second = Good(await market.SubscribeToBookTickerUpdatesAsync("B", _ => { }));
        first.ConnectionLost += () => Interlocked.Increment(ref lost);
        first.ConnectionRestored += outages.Enqueue;
        second.ConnectionRestored += outages.Enqueue;
        var id = first.SocketId;
        (await SocketAsync()).Abort();
        await Eventually.TrueAsync(() => Task.FromResult(outages.Count == 2));
        Assert.Equal(1, Volatile.Read(ref lost));
        Assert.All(outages, outage => Assert.InRange(outage, TimeSpan.Zero, TimeSpan.FromSeconds(30)));
        Assert.Equal(id, first.SocketId);
        var anew = await SocketAsync(1);
        Assert.Equal(["a@bookTicker", "b@bookTicker"], anew.Subscribed.Order(StringComparer.Ordinal));
        await anew.SendAsync("a@bookTicker", Book);
        await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref updates) == 1));
    }

    [Fact]
    public async Task A_closed_subscription_is_not_subscribed_again()
    {
        var restored = 0;
        var market = Client.UsdFuturesApi.ExchangeData;
        var first = Good(await market.SubscribeToBookTickerUpdatesAsync("A", _ => { }));
        var second = Good(await market.SubscribeToBookTickerUpdatesAsync("B", _ => { }));
        second.ConnectionRestored += _ => Interlocked.Increment(ref restored);
        await first.CloseAsync();
        await second.ReconnectAsync();
        await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref restored) == 1));
        Assert.Equal(["b@bookTicker"], await SubscribedAsync(1, 1));
    }

    [Fact]
    public async Task A_receiver_that_throws_costs_the_connection()
    {
        var lost = 0;
        var subscription = Good(await Client.UsdFuturesApi.ExchangeData.SubscribeToBookTickerUpdatesAsync(
            "A", _ => throw new InvalidOperationException("a receiver's fault")));
        subscription.ConnectionLost += () => Interlocked.Increment(ref lost);
        await (await SocketAsync()).SendAsync("a@bookTicker", Book);
        await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref lost) == 1));
        Assert.Equal(["a@bookTicker"], await SubscribedAsync(1, 1));
    }

    [Fact]
    public async Task A_venue_that_does_not_answer_after_the_break_is_tried_again()
    {
        using var client = Venue.SocketClient(options => options.RequestTimeout = TimeSpan.FromMilliseconds(300));
        var failures = new ConcurrentQueue<Error>();
        var restored = 0;
        var subscription = Good(
            await client.UsdFuturesApi.ExchangeData.SubscribeToBookTickerUpdatesAsync("A", _ => { }));
        subscription.ResubscribingFailed += failures.Enqueue;
        subscription.ConnectionRestored += _ => Interlocked.Increment(ref restored);
        Venue.Replies = _ => null;
        (await SocketAsync()).Abort();
        await Eventually.TrueAsync(() => Task.FromResult(!failures.IsEmpty));
        Venue.Replies = Venue.Accepted;
        // The second time within five seconds waits for them to pass.
        await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref restored) == 1));
        Assert.All(failures, failure => Assert.IsType<TimeoutError>(failure));
        Assert.True(Venue.Sockets.Count >= 3);
    }

    [Fact]
    public async Task A_silent_connection_is_opened_anew_when_the_options_say_so()
    {
        using var client = Venue.SocketClient(options => options.SocketNoDataTimeout = TimeSpan.FromMilliseconds(300));
        var lost = 0;
        var subscription = Good(
            await client.UsdFuturesApi.ExchangeData.SubscribeToBookTickerUpdatesAsync("A", _ => { }));
        subscription.ConnectionLost += () => Interlocked.Increment(ref lost);
        await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref lost) > 0));
        await SocketAsync(1);
    }

    [Fact]
    public async Task A_new_subscription_waits_for_the_connection_that_is_being_opened_anew()
    {
        var market = Client.UsdFuturesApi.ExchangeData;
        var first = Good(await market.SubscribeToBookTickerUpdatesAsync("A", _ => { }));
        var lost = 0;
        first.ConnectionLost += () => Interlocked.Increment(ref lost);
        (await SocketAsync()).Abort();
        await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref lost) == 1));
        var second = Good(await market.SubscribeToBookTickerUpdatesAsync("B", _ => { }));
        Assert.Equal(first.SocketId, second.SocketId);
        Assert.Equal(2, Venue.Sockets.Count);
    }

    [Fact]
    public async Task A_disposed_client_opens_nothing_anew()
    {
        Good(await Client.UsdFuturesApi.ExchangeData.SubscribeToBookTickerUpdatesAsync("A", _ => { }));
        var socket = await SocketAsync();
        Client.Dispose();
        await Eventually.TrueAsync(() => Task.FromResult(!socket.IsOpen));
        var result = await Client.UsdFuturesApi.ExchangeData.SubscribeToBookTickerUpdatesAsync("A", _ => { });
        Assert.IsType<InvalidOperationError>(result.Error);
        Assert.Single(Venue.Sockets);
    }
}
