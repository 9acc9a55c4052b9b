using System.Text.Json;
using Binance.Net.Objects.Models;
using Binance.Net.Objects.Models.Futures;
using Binance.Net.Objects.Models.Futures.Socket;
using Binance.Net.Objects.Models.Spot;
using Binance.Net.Objects.Models.Spot.Socket;
using Quantum.Exchanges.Tests.Binance;

namespace Quantum.Exchanges.Tests.Standin;

/// <summary>
/// The documented shapes of what the adapter reads, with values of our own: what <see cref="PayloadTests"/> proves on
/// recorded payloads where they are, these prove everywhere.
/// </summary>
public sealed class SampleTests
{
    private const long AtMs = 1_750_000_000_123;

    private static readonly Type s_orderEvent = typeof(BinanceFuturesStreamOrderUpdate);
    private static readonly Type s_accountEvent = typeof(BinanceFuturesStreamAccountUpdate);
    private static readonly Type s_markEvent = typeof(BinanceFuturesUsdtStreamMarkPrice);
    private static readonly Type s_leverage = typeof(BinanceFuturesInitialLeverageChangeResult);

    public static TheoryData<string, string, Type> Samples => new()
    {
        { "order", StubReplies.Order("q1a", "PARTIALLY_FILLED", "0.001", "61234.5"), typeof(BinanceUsdFuturesOrder) },
        { "order by trigger", StubReplies.Conditional("q1b", "NEW"), typeof(BinanceFuturesConditionalOrder) },
        {
            "order by trigger, done", StubReplies.Conditional("q1c", "FINISHED", "4711", "0.002", "58990.1"),
            typeof(BinanceFuturesConditionalOrder)
        },
        { "configuration", StubReplies.Config("ISOLATED", 7), typeof(BinanceSymbolConfiguration[]) },
        { "account's configuration", StubReplies.AccountSettings(), typeof(BinanceFuturesAccountConfiguration) },
        { "order's event", UserFrames.Order("q1d", "TRADE", "FILLED", "0.002", "0.002", 9), s_orderEvent },
        { "order's event, new", UserFrames.Order("q1e", "NEW", "NEW"), s_orderEvent },
        { "trade's event", UserFrames.TradeLite("q1f"), typeof(BinanceFuturesStreamTradeUpdate) },
        { "trigger's event", UserFrames.Algo("q1g", "TRIGGERED", "4712"), typeof(BinanceAlgoOrderUpdate) },
        { "refused trigger", UserFrames.TriggerReject(4713), typeof(BinanceConditionOrderTriggerRejectUpdate) },
        { "position's event", UserFrames.Position("-0.003", "60123.4"), s_accountEvent },
        { "funding's event", UserFrames.Funding(AtMs, "-0.021", UserFrames.PositionRow("1", "2")), s_accountEvent },
        { "leverage's event", UserFrames.Leverage(9), typeof(BinanceFuturesStreamConfigUpdate) },
        { "trade", MarketFrames.Trade(5, AtMs, "60001.2"), typeof(BinanceStreamAggregatedTrade) },
        { "book", MarketFrames.Book(6, AtMs, "60000.9", "60001.0"), typeof(BinanceFuturesStreamBookPrice) },
        { "mark", MarketFrames.Mark(AtMs, "60002.3", "0.00012", 1_750_003_200_000), s_markEvent },
        { "candle", MarketFrames.Candle(1_750_000_020_000), typeof(BinanceStreamKlineData) },
        {
            "fill", """
                [{"buyer":true,"commission":"0.0241","commissionAsset":"USDT","id":31,"maker":false,"orderId":77,
                "price":"60250.1","qty":"0.001","quoteQty":"60.2501","realizedPnl":"-1.25","side":"BUY",
                "positionSide":"BOTH","symbol":"BTCUSDT","time":1750000000123}]
                """,
            typeof(BinanceFuturesUsdtTrade[])
        },
        {
            "position", """
                [{"symbol":"BTCUSDT","positionSide":"BOTH","positionAmt":"-0.003","entryPrice":"60123.4",
                "breakEvenPrice":"60090.2","markPrice":"60010.5","unRealizedProfit":"0.3387",
                "liquidationPrice":"71500.9","isolatedMargin":"36.41","notional":"-180.0315","isolatedWallet":"36.07",
                "initialMargin":"36.01","maintMargin":"0.72","positionInitialMargin":"36.01",
                "openOrderInitialMargin":"0","adl":2,"bidNotional":"0","askNotional":"0","updateTime":1750000000123}]
                """,
            typeof(BinancePositionV3[])
        },
        {
            "payment", """
                [{"symbol":"BTCUSDT","incomeType":"FUNDING_FEE","income":"-0.0213","asset":"USDT","info":"FUNDING_FEE",
                "time":1750000000123,"tranId":"812345","tradeId":""}]
                """,
            typeof(BinanceFuturesIncomeHistory[])
        },
        {
            "brackets", """
                [{"symbol":"BTCUSDT","brackets":[{"bracket":1,"initialLeverage":100,"notionalCap":40000,
                "notionalFloor":0,"maintMarginRatio":0.005,"cum":0.0},{"bracket":2,"initialLeverage":50,
                "notionalCap":200000,"notionalFloor":40000,"maintMarginRatio":0.0075,"cum":100.0}]}]
                """,
            typeof(BinanceFuturesSymbolBracket[])
        },
        { "leverage", """{"leverage":9,"maxNotionalValue":"800000","symbol":"BTCUSDT"}""", s_leverage },
        { "key of the stream", """{"listenKey":"k1"}""", typeof(BinanceListenKey) },
        { "time", """{"serverTime":1750000000123}""", typeof(BinanceCheckTime) },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void What_the_adapter_reads_is_read_whole(string name, string text, Type model)
    {
        Assert.True(text.Length > 0, name);
        Assert.Empty(PayloadTests.Losses(PayloadTests.Data(text), model));
    }

    [Fact]
    public void A_value_that_is_lost_is_found() => Assert.Equal(
        ["maxNotionalValue: 800000 became ''"],
        PayloadTests.Losses("""{"Leverage":9,"maxNotionalValue":"800000"}""", typeof(OneField)));

    [Theory]
    [InlineData("\"n\":\"0.05\"", "\"n\":null")]
    [InlineData("\"sp\":\"0\"", "\"sp\":null")]
    public void An_amount_of_nothing_cannot_be_read(string amount, string nothing)
    {
        var text = UserFrames.Order("q1h", "TRADE", "FILLED", "0.002", "0.002", 9);
        Assert.Contains(amount, text, StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<BinanceFuturesStreamOrderUpdate>(
            text.Replace(amount, nothing, StringComparison.Ordinal), global::Binance.Net.Converters.Json.Options));
    }

    private sealed record OneField(int Leverage);
}
