using System.Net;
using Quantum.Testing;
using Quantum.Venue.Tests.Accounts;

namespace Quantum.Venue.Tests.Faults;

/// <summary>What goes wrong with requests when it is ordered to, and what was done in truth.</summary>
public sealed class RequestFaultTests
{
    private const string Place = "POST /fapi/v1/order";

    [Fact]
    public async Task An_order_is_accepted_though_its_connection_is_cut()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        await run.FaultAsync(new { kind = "cut", request = Place });
        await Assert.ThrowsAsync<HttpRequestException>(() => run.Client.LimitAsync("lost", "49000"));
        Assert.Equal(1, await run.AcceptedAsync("lost"));
        Assert.Equal("NEW", (await run.Client.GetAsync(
            SignedClient.Orders, "symbol=BTCUSDT&origClientOrderId=lost")).Text("status"));
        Assert.Equal(-4116, (await run.Client.LimitAsync("lost", "49000")).Code);
    }

    [Fact]
    public async Task An_order_is_not_accepted_when_it_is_cut_before()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        await run.FaultAsync(new { kind = "cut", request = Place, before = true });
        await Assert.ThrowsAsync<HttpRequestException>(() => run.Client.LimitAsync("never", "49000"));
        Assert.Equal(0, await run.AcceptedAsync("never"));
        Assert.Equal(0, (await run.Client.LimitAsync("never", "49000")).Code);
    }

    [Theory]
    [InlineData(-1007, 408)]
    [InlineData(-1001, 503)]
    [InlineData(-1000, 500)]
    public async Task A_success_is_hidden_behind_an_error(int code, int status)
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        await run.FaultAsync(new { kind = "hidden_success", request = Place, code, status });
        var reply = await run.Client.LimitAsync("hidden", "49000");
        Assert.Equal((code, status), (reply.Code, (int)reply.Status));
        Assert.Equal(1, await run.AcceptedAsync("hidden"));
    }

    [Fact]
    public async Task A_success_is_hidden_behind_a_gateways_page()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        await run.FaultAsync(new { kind = "hidden_success", request = Place, html = true });
        var reply = await run.Client.LimitAsync("hidden", "49000");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "text/html"), (reply.Status,
            reply.Message.Content.Headers.ContentType!.MediaType));
        Assert.Equal(1, await run.AcceptedAsync("hidden"));
    }

    [Fact]
    public async Task A_refused_request_is_not_done()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        await run.FaultAsync(new { kind = "refuse", request = Place, code = -1008, status = 503, next = 2 });
        Assert.Equal(-1008, (await run.Client.LimitAsync("r1", "49000")).Code);
        Assert.Equal(HttpStatusCode.OK, (await run.Client.GetAsync("/fapi/v1/openOrders")).Status);
        Assert.Equal(-1008, (await run.Client.LimitAsync("r1", "49000")).Code);
        Assert.Equal(0, await run.AcceptedAsync("r1"));
        Assert.Equal(0, (await run.Client.LimitAsync("r1", "49000")).Code);
    }

    [Fact]
    public async Task A_reply_is_late_and_a_request_is_late()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        await run.FaultAsync(new { kind = "delay", request = Place, delayMs = 300 });
        var reply = run.Client.LimitAsync("late", "49000");
        await Eventually.TrueAsync(async () => await run.AcceptedAsync("late") == 1);
        Assert.False(reply.IsCompleted, "the reply came before its time");
        Assert.Equal("NEW", (await reply).Text("status"));
        await run.FaultAsync(new { kind = "delay", request = Place, delayMs = 300, before = true });
        var request = run.Client.LimitAsync("tooLate", "49000");
        await Eventually.TrueAsync(async () => (await run.AdminAsync(HttpMethod.Get, "/admin/state"))
            .GetProperty("faults")[1].GetProperty("hits").GetInt32() == 1);
        run.Time.Advance(5_001);
        Assert.Equal(-1021, (await request).Code);
    }

    [Fact]
    public async Task A_ban_answers_everything_with_418_until_it_is_over()
    {
        await using var run = await AccountRun.StartAsync();
        await run.FaultAsync(new { kind = "ban", seconds = 30 });
        for (var n = 0; n < 2; n++)
        {
            var banned = await run.Client.GetAsync("/fapi/v1/openOrders");
            Assert.Equal((418, -1003), ((int)banned.Status, banned.Code));
            Assert.Contains($"banned until {run.Time.Ms + 30_000 - n * 10_000}", banned.Text("msg"));
            run.Time.Advance(10_000);
        }

        run.Time.Advance(10_000);
        Assert.Equal(HttpStatusCode.OK, (await run.Client.GetAsync("/fapi/v1/openOrders")).Status);
    }

    [Fact]
    public async Task A_shifted_clock_makes_a_true_time_wrong()
    {
        await using var run = await AccountRun.StartAsync();
        await run.FaultAsync(new { kind = "skew", shiftMs = 90_000 });
        Assert.Equal(-1021, (await run.Client.GetAsync("/fapi/v1/openOrders")).Code);
        run.Time.Advance(90_000);
        var query = $"timestamp={run.Time.Ms + 90_000}";
        var reply = await run.Client.SendRawAsync(
            HttpMethod.Get, "/fapi/v1/openOrders", $"{query}&signature={run.Client.Sign(query)}");
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        await run.AdminAsync(HttpMethod.Delete, "/admin/faults");
        Assert.Equal(HttpStatusCode.OK, (await run.Client.GetAsync("/fapi/v1/openOrders")).Status);
    }

    [Fact]
    public async Task A_share_with_a_seed_strikes_the_same_requests_again()
    {
        await using var run = await AccountRun.StartAsync();
        var strikes = new List<string>();
        for (var turn = 0; turn < 2; turn++)
        {
            await run.AdminAsync(HttpMethod.Delete, "/admin/faults");
            await run.FaultAsync(new { kind = "refuse", request = "GET *", share = 0.5, seed = 7 });
            var codes = new List<int>();
            for (var n = 0; n < 20; n++)
                codes.Add((await run.Client.GetAsync("/fapi/v1/openOrders", "symbol=BTCUSDT")).Code);
            strikes.Add(string.Join(' ', codes));
            Assert.InRange(codes.Count(code => code != 0), 4, 16);
        }

        Assert.Equal(strikes[0], strikes[1]);
    }

    [Fact]
    public async Task The_truth_names_whose_requests_were_struck_and_alone_what_lives()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        await run.FaultAsync(new { kind = "hidden_success", request = Place });
        await run.Client.LimitAsync("struck", "49000");
        await run.Client.LimitAsync("spared", "48000");
        await run.Client.DeleteAsync(SignedClient.Orders, "symbol=BTCUSDT&origClientOrderId=struck");
        var state = await run.AdminAsync(HttpMethod.Get, "/admin/state");
        var fault = Assert.Single(state.GetProperty("faults").EnumerateArray());
        Assert.Equal("struck", Assert.Single(fault.GetProperty("struck").EnumerateArray()).GetString());
        Assert.Equal(2, state.GetProperty("orders").GetArrayLength());
        var live = await run.AdminAsync(HttpMethod.Get, "/admin/state?live=true");
        var order = Assert.Single(live.GetProperty("orders").EnumerateArray());
        Assert.Equal("spared", order.GetProperty("clientOrderId").GetString());
        Assert.False(live.TryGetProperty("fills", out _));
    }

    [Theory]
    [InlineData("kind=storm")]
    [InlineData("kind=cut&next=0")]
    [InlineData("kind=cut&share=2")]
    [InlineData("kind=refuse&status=200")]
    [InlineData("kind=delay&delayMs=-1")]
    [InlineData("kind=cut&key=nobody")]
    public async Task A_fault_that_cannot_be_is_refused(string query)
    {
        await using var run = await AccountRun.StartAsync();
        var reply = await run.Client.SendRawAsync(HttpMethod.Post, "/admin/faults", query);
        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.NotEmpty(reply.Text("error"));
    }
}
