using System.Globalization;
using System.Text.Json;

namespace Quantum.Venue.Tests.Accounts;

/// <summary>What the venue shows adds up, and what it does not keep is gone.</summary>
public sealed class BooksTests
{
    private const decimal StartUsd = 10_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Money_is_the_sum_of_the_income_and_positions_that_of_the_fills(int seed)
    {
        await using var run = await AccountRun.StartAsync(
            limit: options => options with { OrdersPerTenSeconds = 10_000, OrdersPerMinute = 10_000 });
        var chance = new Random(seed);
        var price = 50_000m;
        run.Tick(price);
        await using var stream = await run.ListenAsync();
        for (var step = 0; step < 120; step++)
        {
            await OrderAsync(run, chance, price, step);
            price += Math.Round((decimal)(chance.NextDouble() - 0.5) * 400, 1);
            run.Time.Advance(1_000);
            run.Tick(price, (decimal)chance.Next(1, 50) / 1000);
            run.Mark(price);
        }

        run.Mark(price, 0.0001, run.Time.Ms + 1_000);
        run.Time.Advance(1_000);
        run.Mark(price);
        var state = await run.AdminAsync(HttpMethod.Get, "/admin/state");
        var income = (await run.Client.GetAsync("/fapi/v1/income", "limit=1000")).Body;
        var earnedUsd = income.EnumerateArray().Sum(row => row.Number("income"));
        Assert.Equal(state.GetProperty("walletUsd").GetDecimal(), StartUsd + earnedUsd, 6);
        var held = state.GetProperty("fills").EnumerateArray().Sum(fill =>
            fill.GetProperty("quantity").GetDecimal() * (fill.Text("side") == "BUY" ? 1 : -1));
        var shown = state.GetProperty("positions").EnumerateArray()
            .Sum(position => position.GetProperty("quantity").GetDecimal());
        Assert.Equal(shown, held);
        Assert.True(state.GetProperty("fills").GetArrayLength() > 40, "too few fills to say anything");
        await ToldAsItIsAsync(run, stream, state);
    }

    [Fact]
    public async Task A_new_start_knows_nothing()
    {
        await using (var run = await AccountRun.StartAsync())
        {
            run.Tick(50_000);
            Assert.Equal(0, (await run.Client.LimitAsync("gone", "49000")).Code);
        }

        await using var again = await AccountRun.StartAsync();
        Assert.Equal(-2013, (await again.Client.GetAsync(
            SignedClient.Orders, "symbol=BTCUSDT&origClientOrderId=gone")).Code);
        Assert.Equal(0, await again.AcceptedAsync("gone"));
    }

    private static async Task OrderAsync(AccountRun run, Random chance, decimal price, int step)
    {
        var side = chance.Next(2) == 0 ? "BUY" : "SELL";
        var quantity = (chance.Next(2, 20) / 1000m).ToString(CultureInfo.InvariantCulture);
        var limit = (Math.Floor(price) + chance.Next(-200, 200)).ToString(CultureInfo.InvariantCulture);
        var reply = chance.Next(4) switch
        {
            0 => await run.Client.MarketAsync($"m{step}", quantity, side),
            1 => await run.Client.PostAsync(SignedClient.Algos, $"algoType=CONDITIONAL&symbol=BTCUSDT&side={side}"
                + $"&type=STOP_MARKET&quantity={quantity}&triggerPrice={limit}&clientAlgoId=s{step}"),
            2 when step > 4 => await run.Client.DeleteAsync("/fapi/v1/allOpenOrders", "symbol=BTCUSDT"),
            _ => await run.Client.LimitAsync($"l{step}", limit, quantity, side),
        };
        // Beyond the trigger, or too small: what chance asks for may be refused, but for nothing else.
        Assert.Contains(reply.Code, new[] { 0, 200, -2021, -4164 });
    }

    // The last that the stream told of money and position is the truth.
    private static async Task ToldAsItIsAsync(AccountRun run, Market.SocketClient stream, JsonElement state)
    {
        await run.Client.LimitAsync("last", "49000", "0.002");
        var (wallet, held, fills) = (0m, 0m, 0);
        while (true)
        {
            var frame = (await stream.NextAsync())!.Value;
            if (frame.Text("e") == "ACCOUNT_UPDATE")
            {
                wallet = frame.GetProperty("a").GetProperty("B")[0].Number("wb");
                foreach (var row in frame.GetProperty("a").GetProperty("P").EnumerateArray()) held = row.Number("pa");
            }

            if (frame.Text("e") != "ORDER_TRADE_UPDATE") continue;
            if (frame.GetProperty("o").Text("x") == "TRADE") fills++;
            if (frame.GetProperty("o").Text("c") == "last") break;
        }

        Assert.Equal(state.GetProperty("walletUsd").GetDecimal(), wallet, 6);
        Assert.Equal(state.GetProperty("positions").EnumerateArray()
            .Sum(position => position.GetProperty("quantity").GetDecimal()), held);
        Assert.Equal(state.GetProperty("fills").GetArrayLength(), fills);
    }
}
