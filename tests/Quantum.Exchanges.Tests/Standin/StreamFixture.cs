using Binance.Net.Clients;
using CryptoExchange.Net.Objects;
using CryptoExchange.Net.Objects.Sockets;
using Quantum.Testing;

namespace Quantum.Exchanges.Tests.Standin;

/// <summary>A venue and a client of its streams.</summary>
public abstract class StreamFixture : IAsyncLifetime
{
    internal Venue Venue { get; private set; } = null!;

    internal BinanceSocketClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Venue = await Venue.StartAsync();
        Client = Venue.SocketClient();
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Venue.DisposeAsync();
    }

    internal static UpdateSubscription Good(WebSocketResult<UpdateSubscription> result)
    {
        Assert.True(result.Success, result.Error?.ToString());
        return result.Data;
    }

    internal async Task<VenueSocket> SocketAsync(int index = 0)
    {
        await Eventually.TrueAsync(() => Task.FromResult(Venue.Sockets.Count > index));
        return Venue.Sockets[index];
    }

    /// <summary>The names asked for on a connection, once there are as many: it opens before it is asked.</summary>
    internal async Task<string[]> SubscribedAsync(int index, int count)
    {
        var socket = await SocketAsync(index);
        await Eventually.TrueAsync(() => Task.FromResult(socket.Subscribed.Length >= count));
        return socket.Subscribed;
    }
}
