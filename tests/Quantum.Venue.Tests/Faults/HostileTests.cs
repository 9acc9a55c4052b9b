using Quantum.Feeds;
using Quantum.Testing;
using Quantum.Venue.Tests.Market;

namespace Quantum.Venue.Tests.Faults;

/// <summary>What no client would say to the venue: it lives, and answers afterwards as before.</summary>
public sealed class HostileTests
{
    private const int Times = 600;

    [Theory]
    [InlineData("/public/ws")]
    [InlineData("/public/stream")]
    [InlineData("/ws-fapi/v1")]
    public async Task The_venue_lives_and_answers_afterwards(string socket)
    {
        await using var venue = await VenueRun.StartAsync(
            new FeedSettings { Kind = FeedKind.Generated, HistoryCandles = 60, FromMs = 1_764_892_800_000 });
        var wire = new HostileWire(venue.Address.Port, seed: socket.Length)
        {
            Headers = "X-MBX-APIKEY: " + venue.Key + "\r\n",
            Paths =
            [
                "/fapi/v1/order", "/fapi/v1/klines", "/fapi/v1/depth", "/fapi/v1/exchangeInfo", "/fapi/v2/account",
                "/fapi/v1/leverage", "/fapi/v1/listenKey", "/fapi/v1/aggTrades", "/",
            ],
            SocketPath = () => Task.FromResult(socket),
        };
        await wire.ThrowAsync(Times / 3, async () =>
        {
            // It may well say that this address asks too much.
            using var answer = await venue.Http.GetAsync(new Uri("/fapi/v1/ping", UriKind.Relative));
            Assert.True((int)answer.StatusCode < 500, $"{answer.StatusCode}");
        });
        Assert.True(wire.Answers > Times / 12, $"{wire.Answers} answers");
        Assert.Contains(101, wire.Statuses);
        // The rest was said to an address that had asked too much.
        Assert.True(wire.Sockets > Times / 12, $"{wire.Sockets} sockets");
        Assert.True(wire.Broken.Count == 0, string.Join("\n", wire.Broken));
        await using var client = await venue.ConnectAsync("/public/ws");
        await client.SubscribeAsync("btcusdt@bookTicker");
    }
}
