using System.Text.Json;
using Quantum.Contracts.Units;
using Quantum.Instruments;

namespace Quantum.Venue.Tests.Ccxt;

/// <summary>A client that we did not write trades at the venue as it does at the exchange.</summary>
public sealed class CcxtTests(CcxtRun run) : IClassFixture<CcxtRun>
{
    private const string Btc = "BTC/USDT:USDT";

    [CcxtFact]
    public void It_loads_the_markets_with_their_steps_and_limits()
    {
        var told = run.Of("markets");
        Assert.Equal(2, told.GetProperty("count").GetInt32());
        var market = told.GetProperty("market");
        var facts = InstrumentBook.BuiltIn.Find(Symbol.Parse("BTCUSDT"))!.Filters;
        Assert.Equal(
            (true, true, true),
            (market.GetProperty("active").GetBoolean(), market.GetProperty("swap").GetBoolean(),
                market.GetProperty("linear").GetBoolean()));
        Assert.Equal(facts.TickSize, market.GetProperty("precision").GetProperty("price").GetDecimal());
        Assert.Equal(facts.StepSize, market.GetProperty("precision").GetProperty("amount").GetDecimal());
        Assert.Equal(
            facts.MinNotionalUsd, market.GetProperty("limits").GetProperty("cost").GetProperty("min").GetDecimal());
    }

    [CcxtFact]
    public void It_reads_candles_book_trades_and_tickers()
    {
        var opens = run.Of("candles").EnumerateArray().Select(candle => candle[0].GetInt64()).ToArray();
        Assert.Equal(20, opens.Length);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => opens[0] + i * 300_000L), opens);
        Assert.Equal(5, run.Of("markCandles").GetArrayLength());
        var book = run.Of("book");
        Assert.Equal((20, 20), (book.GetProperty("bids").GetArrayLength(), book.GetProperty("asks").GetArrayLength()));
        Assert.True(Price(book, "bids") < Price(book, "asks"));
        Assert.NotEmpty(run.Of("trades").EnumerateArray());
        Assert.True(run.Of("ticker").GetProperty("last").GetDecimal() > 0);
        Assert.Equal([Btc, "ETH/USDT:USDT"], run.Of("tickers").EnumerateArray().Select(name => name.GetString()));
        Assert.True(run.Of("bidsAsks").GetProperty("bid").GetDecimal() > 0);
        Assert.True(run.Of("openInterest").GetProperty("openInterestAmount").GetDecimal() > 0);
        Assert.StartsWith("BadSymbol", run.FaultOf("badSymbol"));
    }

    [CcxtFact]
    public void It_reads_funding()
    {
        var funding = run.Of("funding");
        Assert.NotEqual(0, funding.GetProperty("fundingRate").GetDecimal());
        Assert.Equal(0, funding.GetProperty("fundingTimestamp").GetInt64() % (8 * 3_600_000));
        Assert.Equal(JsonValueKind.Array, run.Of("fundingHistory").ValueKind);
    }

    [CcxtFact]
    public void It_sets_leverage_and_margin_mode_and_reads_its_balance()
    {
        Assert.Equal(
            (10_000m, 10_000m),
            (run.Of("balance").GetProperty("free").GetDecimal(), run.Of("balance").GetProperty("total").GetDecimal()));
        Assert.False(run.Of("positionMode").GetProperty("hedged").GetBoolean());
        Assert.Equal(5, run.Of("leverage").GetProperty("leverage").GetInt32());
        Assert.Equal(200, run.Of("marginMode").GetProperty("code").GetInt32());
    }

    [CcxtFact]
    public void A_limit_order_is_placed_queried_and_cancelled()
    {
        var id = Id("placed");
        Assert.Equal(("open", "open", id), (Status("placed"), Status("queried"), Id("queried")));
        Assert.Equal(id, Assert.Single(run.Of("open").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(("canceled", "canceled"), (Status("cancelled"), Status("afterCancel")));
        Assert.StartsWith("OrderNotFound", run.FaultOf("cancelledTwice"));
    }

    [CcxtFact]
    public void A_batch_is_placed_and_cancelled_by_number_and_by_name_and_each_order_is_answered()
    {
        Assert.Equal(["open", "rejected", "open"], Statuses("createdBatch"));
        // Of orders that are not there, which are cancelled beside, ccxt tells nothing.
        Assert.Equal(["canceled"], Statuses("cancelledBatch"));
        Assert.Equal(["canceled"], Statuses("cancelledByName"));
        Assert.Empty(run.Of("batchLeft").EnumerateArray());
    }

    [CcxtFact]
    public void A_post_only_order_that_would_take_is_not_filled()
    {
        var order = run.FaultOf("postOnlyTaken");
        Assert.Contains("-5022", order);
    }

    [CcxtFact]
    public void A_market_order_fills_and_is_the_position_until_it_is_closed()
    {
        Assert.Equal(("closed", "closed"), (Status("filled"), Status("closedFilled")));
        var amount = run.Of("bought").GetProperty("amount").GetDecimal();
        Assert.Equal(amount, run.Of("filled").GetProperty("filled").GetDecimal());
        var position = Assert.Single(run.Of("positions").EnumerateArray());
        Assert.Equal(
            ("long", amount, "isolated"),
            (position.GetProperty("side").GetString(), position.GetProperty("contracts").GetDecimal(),
                position.GetProperty("marginMode").GetString()));
        Assert.DoesNotContain(
            run.Of("positionsLeft").EnumerateArray(), left => left.GetProperty("contracts").GetDecimal() != 0);
        var trades = run.Of("myTrades").EnumerateArray().ToArray();
        Assert.Equal(
            [Id("bought"), Id("closed")], trades.Select(trade => trade.GetProperty("order").GetString()!).Distinct());
        var fees = trades.Sum(trade => trade.GetProperty("fee").GetProperty("cost").GetDecimal());
        Assert.True(fees > 0);
        Assert.NotEqual(10_000m, run.Of("balanceAfter").GetProperty("total").GetDecimal());
        Assert.Contains("-2019", run.FaultOf("tooMuch"));
    }

    [CcxtFact]
    public void A_stop_is_an_order_of_its_own_kind_until_it_is_cancelled()
    {
        var stop = Assert.Single(run.Of("openStops").EnumerateArray());
        Assert.Equal(Id("stop"), stop.GetProperty("id").GetString());
        Assert.True(stop.GetProperty("triggerPrice").GetDecimal() > 0);
        Assert.True(stop.GetProperty("reduceOnly").GetBoolean());
        Assert.Equal(Id("stop"), Id("stopCancelled"));
        Assert.Empty(run.Of("stopsLeft").EnumerateArray());
    }

    [CcxtFact]
    public void Its_sockets_hear_the_market()
    {
        Assert.True(run.Of("watchTicker").GetProperty("last").GetDecimal() > 0);
        Assert.True(run.Of("watchBidsAsks").GetProperty("ask").GetDecimal() > 0);
        Assert.True(run.Of("watchMarkPrice").GetProperty("markPrice").GetDecimal() > 0);
        var candle = run.Of("watchOHLCV").EnumerateArray().Last();
        Assert.Equal(0, candle[0].GetInt64() % 60_000);
        Assert.True(candle[4].GetDecimal() > 0);
        Assert.NotEmpty(run.Of("watchTrades").EnumerateArray());
        var book = run.Of("watchOrderBook");
        Assert.True(Price(book, "bids") < Price(book, "asks"));
    }

    [CcxtFact]
    public void Its_sockets_hear_the_account()
    {
        var orders = run.Of("watchOrders").EnumerateArray()
            .Select(order => (Id: order.GetProperty("id").GetString(), Status: order.GetProperty("status").GetString()))
            .ToArray();
        Assert.Contains((Id("placed"), "open"), orders);
        Assert.Contains((Id("placed"), "canceled"), orders);
        Assert.Contains((Id("bought"), "closed"), orders);
        Assert.Contains((Id("closed"), "closed"), orders);
        Assert.Contains(
            run.Of("watchPositions").EnumerateArray(),
            position => position.GetProperty("contracts").GetDecimal()
                == run.Of("bought").GetProperty("amount").GetDecimal());
        Assert.True(run.Of("watchBalance").GetProperty("total").GetDecimal() > 0);
    }

    private string Id(string step) => run.Of(step).GetProperty("id").GetString()!;

    private string[] Statuses(string step) =>
        [.. run.Of(step).EnumerateArray().Select(order => order.GetProperty("status").GetString()!)];

    private string Status(string step) => run.Of(step).GetProperty("status").GetString()!;

    private static decimal Price(JsonElement book, string side) => book.GetProperty(side)[0][0].GetDecimal();
}
