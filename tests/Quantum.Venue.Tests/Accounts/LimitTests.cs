using System.Net;

namespace Quantum.Venue.Tests.Accounts;

/// <summary>Weight and order limits, and what goes on after them.</summary>
public sealed class LimitTests
{
    private const string Weight = "X-MBX-USED-WEIGHT-1M";

    [Fact]
    public async Task Every_reply_tells_the_weight_and_order_replies_the_orders()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        var listed = await run.Client.GetAsync("/fapi/v1/openOrders");
        Assert.Equal("40", Header(listed, Weight));
        Assert.Null(Header(listed, "X-MBX-ORDER-COUNT-10S"));
        var placed = await run.Client.LimitAsync("one", "49000");
        Assert.Equal(("40", "1", "1"), (Header(placed, Weight), Header(placed, "X-MBX-ORDER-COUNT-10S"),
            Header(placed, "X-MBX-ORDER-COUNT-1M")));
        run.Time.Advance(10_000);
        placed = await run.Client.LimitAsync("two", "49000");
        Assert.Equal(("1", "2"), (Header(placed, "X-MBX-ORDER-COUNT-10S"), Header(placed, "X-MBX-ORDER-COUNT-1M")));
        var refused = await run.Client.GetAsync("/fapi/v1/openOrders", "symbol=NOPE");
        Assert.Equal("41", Header(refused, Weight));
        run.Time.Advance(60_000);
        Assert.Equal("1", Header(await run.Client.GetAsync("/fapi/v1/openOrders", "symbol=BTCUSDT"), Weight));
    }

    [Fact]
    public async Task Who_goes_on_after_429_is_banned()
    {
        await using var run = await AccountRun.StartAsync(
            limit: options => options with { WeightPerMinute = 10, BanSeconds = 90 });
        run.Time.Advance(20_000);
        for (var n = 0; n < 10; n++)
            Assert.Equal(HttpStatusCode.OK,
                (await run.Client.GetAsync("/fapi/v1/openOrders", "symbol=BTCUSDT")).Status);
        for (var n = 0; n < 10; n++)
        {
            var refused = await run.Client.GetAsync("/fapi/v1/openOrders", "symbol=BTCUSDT");
            Assert.Equal((HttpStatusCode.TooManyRequests, -1003, "40"), (refused.Status, refused.Code,
                Header(refused, "Retry-After")));
            Assert.StartsWith("Too many requests; current limit is 10 requests per minute.", refused.Text("msg"));
        }

        var banned = await run.Client.GetAsync("/fapi/v1/openOrders", "symbol=BTCUSDT");
        Assert.Equal((418, -1003, "90"), ((int)banned.Status, banned.Code, Header(banned, "Retry-After")));
        Assert.Contains($"IP banned until {run.Time.Ms + 90_000}", banned.Text("msg"));
        run.Time.Advance(89_000);
        Assert.Equal(418, (int)(await run.Client.GetAsync("/fapi/v1/openOrders", "symbol=BTCUSDT")).Status);
        run.Time.Advance(1_000);
        Assert.Equal(HttpStatusCode.OK, (await run.Client.GetAsync("/fapi/v1/openOrders", "symbol=BTCUSDT")).Status);
    }

    [Fact]
    public async Task Too_many_orders_are_refused_until_the_window_ends()
    {
        await using var run = await AccountRun.StartAsync(
            limit: options => options with { OrdersPerTenSeconds = 2, OrdersPerMinute = 3 });
        run.Tick(50_000);
        Assert.Equal(0, (await run.Client.LimitAsync("o1", "49000")).Code);
        Assert.Equal(0, (await run.Client.LimitAsync("o2", "49000")).Code);
        var third = await run.Client.LimitAsync("o3", "49000");
        Assert.Equal((HttpStatusCode.TooManyRequests, -1015, "10"), (third.Status, third.Code,
            Header(third, "Retry-After")));
        Assert.Equal("Too many new orders; current limit is 2 orders per 10 SECOND.", third.Text("msg"));
        run.Time.Advance(10_000);
        Assert.Equal(0, (await run.Client.LimitAsync("o3", "49000")).Code);
        var fourth = await run.Client.LimitAsync("o4", "49000");
        Assert.Equal((-1015, "50"), (fourth.Code, Header(fourth, "Retry-After")));
        Assert.Equal(0, await run.AcceptedAsync("o4"));
        var limits = (await run.Client.GetAsync("/fapi/v1/rateLimit/order")).Body;
        Assert.Equal([2, 3], limits.EnumerateArray().Select(row => row.GetProperty("limit").GetInt32()));
    }

    private static string? Header(VenueReply reply, string name) =>
        reply.Message.Headers.TryGetValues(name, out var values) ? values.Single() : null;
}
