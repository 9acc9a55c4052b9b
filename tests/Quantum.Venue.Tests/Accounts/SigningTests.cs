using System.Net;

namespace Quantum.Venue.Tests.Accounts;

/// <summary>Who may trade: keys, signatures and where parameters stand.</summary>
public sealed class SigningTests
{
    private const string Open = "/fapi/v1/openOrders";

    [Fact]
    public async Task A_signature_covers_query_and_body_and_the_query_wins()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        var query = $"symbol=BTCUSDT&side=BUY&newClientOrderId=ofQuery&timestamp={run.Time.Ms}";
        const string Body = "type=LIMIT&timeInForce=GTC&quantity=0.01&price=49000&newClientOrderId=ofBody";
        var signature = run.Client.Sign(query + Body);
        var reply = await run.Client.SendRawAsync(
            HttpMethod.Post, SignedClient.Orders, $"{query}&signature={signature}", Body);
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("ofQuery", reply.Text("clientOrderId"));
    }

    [Theory]
    [InlineData("timestamp={0}&signature={1}")]
    [InlineData("signature={1}&timestamp={0}")]
    [InlineData("timestamp={0}&signature={2}")]
    public async Task A_signature_may_stand_anywhere_in_either_case(string form)
    {
        await using var run = await AccountRun.StartAsync();
        var signature = run.Client.Sign($"timestamp={run.Time.Ms}");
        var query = string.Format(
            System.Globalization.CultureInfo.InvariantCulture, form, run.Time.Ms, signature,
            signature.ToUpperInvariant());
        Assert.Equal(HttpStatusCode.OK, (await run.Client.SendRawAsync(HttpMethod.Get, Open, query)).Status);
        var (path, body) = ("/fapi/v1/countdownCancelAll", $"symbol=BTCUSDT&countdownTime=0&timestamp={run.Time.Ms}");
        var inBody = await run.Client.SendRawAsync(
            HttpMethod.Post, path, "", $"signature={run.Client.Sign(body)}&{body}");
        Assert.Equal(HttpStatusCode.OK, inBody.Status);
    }

    [Fact]
    public async Task A_signature_is_over_the_text_as_it_was_sent()
    {
        await using var run = await AccountRun.StartAsync();
        var query = $"symbol=BTCUSDT&note=a%2Fb&timestamp={run.Time.Ms}";
        var reply = await run.Client.SendRawAsync(
            HttpMethod.Get, Open, $"{query}&signature={run.Client.Sign(query)}");
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        var decoded = await run.Client.SendRawAsync(
            HttpMethod.Get, Open, $"{query}&signature={run.Client.Sign(query.Replace("%2F", "/"))}");
        Assert.Equal(-1022, decoded.Code);
    }

    [Fact]
    public async Task What_is_missing_or_wrong_is_named()
    {
        await using var run = await AccountRun.StartAsync();
        var stamp = $"timestamp={run.Time.Ms}";
        var unsigned = await run.Client.SendRawAsync(HttpMethod.Get, Open, stamp);
        Assert.Equal((-1102, "Mandatory parameter 'signature' was not sent, was empty/null, or malformed."),
            (unsigned.Code, unsigned.Text("msg")));
        var timeless = await run.Client.SendRawAsync(HttpMethod.Get, Open, "signature=" + run.Client.Sign(""));
        Assert.Equal((-1102, "Mandatory parameter 'timestamp' was not sent, was empty/null, or malformed."),
            (timeless.Code, timeless.Text("msg")));
        var forged = await run.Client.SendRawAsync(
            HttpMethod.Get, Open, $"{stamp}&signature={run.Client.Sign(stamp + "1")}");
        Assert.Equal((-1022, HttpStatusCode.BadRequest), (forged.Code, forged.Status));
        Assert.Equal("Signature for this request is not valid.", forged.Text("msg"));
    }

    [Fact]
    public async Task Keys_are_refused_as_the_exchange_does()
    {
        await using var run = await AccountRun.StartAsync();
        foreach (var (key, code) in new[] { ("", -2014), ("no key!", -2014), ("Unknown", -2015) })
        {
            using var stranger = new SignedClient(run.Address, key, AccountRun.Secret, run.Time);
            var reply = await stranger.GetAsync(Open);
            Assert.Equal((code, HttpStatusCode.Unauthorized), (reply.Code, reply.Status));
        }
    }

    [Fact]
    public async Task Accounts_of_the_admin_interface_are_apart()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        await run.AdminAsync(HttpMethod.Post, "/admin/accounts", new { key = "Other", secret = "S2", balanceUsd = 77 });
        using var other = new SignedClient(run.Address, "Other", "S2", run.Time);
        Assert.Equal(HttpStatusCode.OK, (await run.Client.LimitAsync("mine", "49000")).Status);
        Assert.Empty((await other.GetAsync(Open)).Body.EnumerateArray());
        var balance = (await other.GetAsync("/fapi/v3/balance")).Body[0];
        Assert.Equal("77.00000000", balance.GetProperty("balance").GetString());
    }
}
