using System.Net;
using Quantum.Testing;
using Quantum.Venue.Tests.Market;

namespace Quantum.Venue.Tests.Accounts;

/// <summary>The life of listen keys, and the sockets that hear them.</summary>
public sealed class UserStreamTests
{
    private const string Path = "/fapi/v1/listenKey";

    [Fact]
    public async Task A_second_request_for_a_key_gets_the_same_one()
    {
        await using var run = await AccountRun.StartAsync();
        var first = await run.Client.SendAsync(HttpMethod.Post, Path, isSigned: false);
        var second = await run.Client.SendAsync(HttpMethod.Post, Path, isSigned: false);
        Assert.Equal(first.Text("listenKey"), second.Text("listenKey"));
        // Also where the key stands in the body, as one of the clients sends it.
        var put = await run.Client.SendAsync(
            HttpMethod.Put, Path, "", "listenKey=" + first.Text("listenKey"), isSigned: false);
        Assert.Equal(HttpStatusCode.OK, put.Status);
        Assert.Equal(HttpStatusCode.OK, (await run.Client.SendAsync(HttpMethod.Delete, Path, isSigned: false)).Status);
        Assert.Equal(-1125, (await run.Client.SendAsync(HttpMethod.Put, Path, isSigned: false)).Code);
        var third = await run.Client.SendAsync(HttpMethod.Post, Path, isSigned: false);
        Assert.NotEqual(first.Text("listenKey"), third.Text("listenKey"));
    }

    [Fact]
    public async Task A_key_that_is_not_prolonged_expires_and_says_so()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        await using var stream = await run.ListenAsync();
        run.Time.Advance(3_500_000);
        await run.Client.SendAsync(HttpMethod.Put, Path, isSigned: false);
        run.Time.Advance(3_500_000);
        await run.Client.LimitAsync("alive", "49000");
        Assert.Equal(["ORDER_TRADE_UPDATE NEW NEW"], await stream.NextAsync(1));
        run.Time.Advance(100_000);
        Assert.Equal("listenKeyExpired", (await stream.NextAsync())!.Value.Text("e"));
        Assert.Equal(-1125, (await run.Client.SendAsync(HttpMethod.Put, Path, isSigned: false)).Code);
        await run.Client.LimitAsync("unheard", "49000");
        Assert.Empty(stream.Rest());
    }

    [Fact]
    public async Task The_combined_stream_wraps_what_it_tells()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        var key = (await run.Client.SendAsync(HttpMethod.Post, Path, isSigned: false)).Text("listenKey");
        await using var stream = await SocketClient.ConnectAsync(run.Address, "/private/stream");
        await stream.SubscribeAsync(key);
        await run.Client.LimitAsync("wrapped", "49000");
        var frame = (await stream.NextAsync())!.Value;
        Assert.Equal((key, "ORDER_TRADE_UPDATE"), (frame.Text("stream"), frame.GetProperty("data").Text("e")));
        await stream.TellAsync("""{"method":"LIST_SUBSCRIPTIONS","id":"x"}""");
        var listed = (await stream.NextAsync())!.Value;
        Assert.Equal((key, "x"), (listed.GetProperty("result")[0].GetString(), listed.Text("id")));
        await stream.TellAsync($$"""{"method":"UNSUBSCRIBE","params":["{{key}}"],"id":3}""");
        Assert.Equal(3, (await stream.NextAsync())!.Value.GetProperty("id").GetInt32());
        await run.Client.LimitAsync("unheard", "49000");
        await stream.TellAsync("nonsense");
        Assert.Equal(2, (await stream.NextAsync())!.Value.GetProperty("error").GetProperty("code").GetInt32());
    }

    [Theory]
    [InlineData("/market/ws?listenKey=")]
    [InlineData("/public/ws/")]
    public async Task Other_addresses_do_not_tell_it(string path)
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        var key = (await run.Client.SendAsync(HttpMethod.Post, Path, isSigned: false)).Text("listenKey");
        await using var stream = await SocketClient.ConnectAsync(run.Address, path + key);
        await run.Client.LimitAsync("unheard", "49000");
        await stream.TellAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        Assert.Empty((await stream.NextAsync())!.Value.GetProperty("result").EnumerateArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_old_addresses_are_there_when_they_are_asked_for(bool asked)
    {
        await using var run = await AccountRun.StartAsync(limit: options => options with { LegacyStreams = asked });
        run.Tick(50_000);
        var key = (await run.Client.SendAsync(HttpMethod.Post, Path, isSigned: false)).Text("listenKey");
        var connecting = SocketClient.ConnectAsync(run.Address, "/ws/" + key);
        if (!asked)
        {
            await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => connecting);
            return;
        }

        await using var stream = await connecting;
        await Eventually.TrueAsync(() => run.Core.Loop.Ask(() => run.Core.Streams.IsHeard(key)));
        await run.Client.LimitAsync("heard", "49000");
        Assert.Equal(["ORDER_TRADE_UPDATE NEW NEW"], await stream.NextAsync(1));
    }

    [Fact]
    public async Task A_socket_is_closed_after_its_longest_time()
    {
        await using var run = await AccountRun.StartAsync(limit: options => options with { SocketSeconds = 1 });
        await using var stream = await run.ListenAsync();
        Assert.Null(await stream.NextAsync());
        await Eventually.TrueAsync(async () => !await run.IsHeardAsync());
    }
}
