using System.Diagnostics;
using Quantum.Exchanges.Bybit;
using Quantum.Exchanges.Okx;
using Quantum.Exchanges.Quotes;
using Quantum.Testing;

namespace Quantum.Exchanges.Tests.Quotes;

/// <summary>When a stream is lost, and how it comes back.</summary>
public sealed class JsonStreamTests
{
    [Fact]
    public async Task A_stream_that_is_cut_or_turned_away_is_connected_again()
    {
        await using var stub = await VenueStub.StartAsync(VenueFrames.Bybit("BTCUSDT"));
        await using var heard = new HeardQuotes<BybitQuotes>();
        heard.Run(new BybitQuotes(Settings(stub), heard), "BTCUSDT");
        Eventually.True(() => stub.Received.Count == 1);
        stub.IsAway = true;
        stub.Cut();
        Eventually.True(() => stub.TurnedAway >= 3);
        stub.IsAway = false;
        Eventually.True(() => stub.Received.Count == 2);
        await stub.SendAsync(VenueFrames.BybitSnapshot("BTCUSDT", 3, "10", "11"));
        Assert.Equal(3, heard.Wait(0).AtMs);
        heard.WaitForLine("bybit: the stream of quotes is lost");
    }

    [Fact]
    public async Task A_connection_that_lives_and_tells_no_quote_is_lost()
    {
        // Pings are answered all the time: that is not life.
        await using var stub = await VenueStub.StartAsync(VenueFrames.Okx("BTC-USDT-SWAP"));
        await using var heard = new HeardQuotes<OkxQuotes>();
        var settings = Settings(stub) with
        {
            SilentAfter = TimeSpan.FromMilliseconds(700), PingEvery = TimeSpan.FromMilliseconds(100),
        };
        heard.Run(new OkxQuotes(settings, heard), "BTCUSDT");
        heard.WaitForLine("no quote for 0.7 s");
        Eventually.True(() => stub.Connections >= 2);
        Assert.Contains("ping", stub.Received);
    }

    [Fact]
    public async Task Quotes_keep_a_connection()
    {
        await using var stub = await VenueStub.StartAsync(VenueFrames.Okx("BTC-USDT-SWAP"));
        await using var heard = new HeardQuotes<OkxQuotes>();
        heard.Run(
            new OkxQuotes(Settings(stub) with { SilentAfter = TimeSpan.FromSeconds(5) }, heard), "BTCUSDT");
        Eventually.True(() => stub.Received.Count == 1);
        var (clock, sent) = (Stopwatch.StartNew(), 0L);
        Eventually.True(() =>
        {
            if (clock.ElapsedMilliseconds < 200 * sent) return false;
            stub.SendAsync(VenueFrames.OkxTicker("BTC-USDT-SWAP", ++sent, "10", "11")).GetAwaiter().GetResult();
            return clock.Elapsed > TimeSpan.FromSeconds(7);
        });
        Assert.Equal(1, stub.Connections);
    }

    [Fact]
    public async Task A_ping_or_subscription_without_an_answer_ends_the_connection()
    {
        await using var deaf = await VenueStub.StartAsync(_ => []);
        await using var first = new HeardQuotes<BybitQuotes>();
        var settings = Settings(deaf) with { PingEvery = TimeSpan.FromMilliseconds(200) };
        first.Run(new BybitQuotes(settings, first), "BTCUSDT");
        first.WaitForLine("no answer about BTCUSDT");
        await using var half = await VenueStub.StartAsync(frame =>
            frame == "ping" ? [] : VenueFrames.Okx("BTC-USDT-SWAP")(frame));
        await using var second = new HeardQuotes<OkxQuotes>();
        second.Run(new OkxQuotes(settings with { Address = half.Address }, second), "BTCUSDT");
        second.WaitForLine("no answer to a ping for 0.2 s");
    }

    [Fact]
    public async Task Who_is_turned_away_comes_back_less_and_less_often()
    {
        await using var stub = await VenueStub.StartAsync(_ => []);
        stub.IsAway = true;
        await using var heard = new HeardQuotes<BybitQuotes>();
        var settings = Settings(stub) with { LongestPause = TimeSpan.FromSeconds(30) };
        heard.Run(new BybitQuotes(settings, heard), "BTCUSDT");
        Eventually.True(() => heard.Lines.Count >= 7);
        var pauses = heard.Lines.Select(line => int.Parse(line.Split("again in ")[1].Split(' ')[0],
            System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        for (var i = 0; i < 7; i++) Assert.InRange(pauses[i], (20 << i) / 2, 20 << i);
    }

    private static QuoteStreamSettings Settings(VenueStub stub) => new()
    {
        Address = stub.Address, FirstPause = TimeSpan.FromMilliseconds(20),
        LongestPause = TimeSpan.FromMilliseconds(50),
    };
}
