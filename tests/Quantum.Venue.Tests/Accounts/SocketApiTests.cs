using System.Globalization;
using System.Text.Json;
using Quantum.Venue.Tests.Market;

namespace Quantum.Venue.Tests.Accounts;

/// <summary>The WebSocket API: the same orders over one socket.</summary>
public sealed class SocketApiTests
{
    [Fact]
    public async Task Orders_are_placed_queried_amended_and_cancelled()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        await using var socket = await SocketClient.ConnectAsync(run.Address, "/ws-fapi/v1");
        var placed = await AskAsync(run, socket, "order.place", new()
        {
            ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["type"] = "LIMIT", ["timeInForce"] = "GTC",
            ["quantity"] = "0.01", ["price"] = "49000", ["newClientOrderId"] = "ws",
        });
        Assert.Equal((200, "NEW"), (placed.GetProperty("status").GetInt32(),
            placed.GetProperty("result").Text("status")));
        Assert.Equal(["ORDERS", "ORDERS", "REQUEST_WEIGHT"],
            placed.GetProperty("rateLimits").EnumerateArray().Select(row => row.Text("rateLimitType")));
        Dictionary<string, string> name = new() { ["symbol"] = "BTCUSDT", ["origClientOrderId"] = "ws" };
        Assert.Equal("NEW", (await AskAsync(run, socket, "order.status", name)).GetProperty("result").Text("status"));
        var amended = await AskAsync(run, socket, "order.modify", new(name)
        {
            ["side"] = "BUY", ["quantity"] = "0.02", ["price"] = "48000",
        });
        Assert.Equal("0.020", amended.GetProperty("result").Text("origQty"));
        var cancelled = await AskAsync(run, socket, "order.cancel", name);
        Assert.Equal("CANCELED", cancelled.GetProperty("result").Text("status"));
        var again = await AskAsync(run, socket, "order.cancel", name);
        Assert.Equal((400, -2011), (again.GetProperty("status").GetInt32(),
            again.GetProperty("error").GetProperty("code").GetInt32()));
    }

    [Fact]
    public async Task Conditional_orders_and_accounts_are_there_too()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        await using var socket = await SocketClient.ConnectAsync(run.Address, "/ws-fapi/v1");
        var placed = await AskAsync(run, socket, "algoOrder.place", new()
        {
            ["algoType"] = "CONDITIONAL", ["symbol"] = "BTCUSDT", ["side"] = "SELL", ["type"] = "STOP_MARKET",
            ["quantity"] = "0.01", ["triggerPrice"] = "49000", ["clientAlgoId"] = "ws",
        });
        Assert.Equal("NEW", placed.GetProperty("result").Text("algoStatus"));
        var cancelled = await AskAsync(run, socket, "algoOrder.cancel", new() { ["clientAlgoId"] = "ws" });
        Assert.Equal("success", cancelled.GetProperty("result").Text("msg"));
        var balance = await AskAsync(run, socket, "v2/account.balance", []);
        Assert.Equal("USDT", balance.GetProperty("result")[0].Text("asset"));
        var status = await AskAsync(run, socket, "v2/account.status", []);
        Assert.Equal(10_000m, status.GetProperty("result").Number("totalWalletBalance"));
        var position = await AskAsync(run, socket, "v2/account.position", []);
        Assert.Equal(0, position.GetProperty("result").GetArrayLength());
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_its_id()
    {
        await using var run = await AccountRun.StartAsync();
        await using var socket = await SocketClient.ConnectAsync(run.Address, "/ws-fapi/v1");
        await socket.TellAsync("""{"id":"u","method":"order.unknown","params":{}}""");
        var unknown = (await socket.NextAsync())!.Value;
        Assert.Equal(("u", -1020), (unknown.Text("id"), unknown.GetProperty("error").GetProperty("code").GetInt32()));
        await socket.TellAsync("{");
        Assert.Equal(400, (await socket.NextAsync())!.Value.GetProperty("status").GetInt32());
        await socket.TellAsync(
            """{"id":7,"method":"order.place","params":{"apiKey":"Key1","timestamp":1,"signature":"00"}}""");
        var forged = (await socket.NextAsync())!.Value;
        Assert.Equal((7, -1022), (forged.GetProperty("id").GetInt32(),
            forged.GetProperty("error").GetProperty("code").GetInt32()));
    }

    private static async Task<JsonElement> AskAsync(
        AccountRun run, SocketClient socket, string method, Dictionary<string, string> sent)
    {
        sent = new(sent)
        {
            ["apiKey"] = AccountRun.Key, ["timestamp"] = run.Time.Ms.ToString(CultureInfo.InvariantCulture),
        };
        var text = string.Join('&', sent.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}={pair.Value}"));
        sent["signature"] = run.Client.Sign(text);
        await socket.TellAsync(JsonSerializer.Serialize(new { id = method, method, @params = sent }));
        return await socket.HearAsync(frame => frame.TryGetProperty("id", out var id) && id.ValueEquals(method));
    }
}
