using System.Collections.Concurrent;
using Binance.Net.Enums;
using Binance.Net.Objects.Models;
using Binance.Net.Objects.Models.Futures.Socket;
using CryptoExchange.Net.Objects;
using CryptoExchange.Net.Objects.Sockets;
using Quantum.Testing;

namespace Quantum.Exchanges.Tests.Standin;

/// <summary>The account's events: which handler gets which, and what the models hold.</summary>
public sealed class UserStreamTests : StreamFixture
{
    private const string Key = "the-listen-key";
    private const string Order = """
        {"e":"ORDER_TRADE_UPDATE","E":1568879465651,"T":1568879465650,"o":{"s":"BTCUSDT","c":"own-1","S":"SELL",
        "o":"LIMIT","f":"GTX","q":"0.001","p":"9910.5","ap":"9910.4","sp":"0","x":"TRADE","X":"PARTIALLY_FILLED",
        "i":8389765494711091968,"l":"0.0004","z":"0.0004","L":"9910.4","N":"USDT","n":"0.00079","T":1568879465650,
        "t":77,"b":"0","a":"9.91","m":true,"R":true,"wt":"CONTRACT_PRICE","ot":"LIMIT","ps":"BOTH","cp":false,
        "rp":"-0.5","pP":false,"si":0,"ss":0,"V":"EXPIRE_MAKER","pm":"NONE","gtd":0,"er":"0"}}
        """;

    private readonly ConcurrentQueue<DataEvent> _events = [];

    [Fact]
    public async Task An_order_event_is_read_whole()
    {
        await SubscribeAsync();
        var socket = await SocketAsync();
        Assert.Equal("/private/stream", socket.Path);
        Assert.Equal([Key], socket.Subscribed);
        await socket.SendAsync(Key, Order);
        var update = await NextAsync<BinanceFuturesStreamOrderUpdate>();
        Assert.Equal((Key, "BTCUSDT", Key), (update.StreamId, update.Symbol, update.Data.ListenKey));
        Assert.Equal(SocketUpdateType.Update, update.UpdateType);
        Assert.Equal(DateTime.UnixEpoch.AddMilliseconds(1568879465651), update.DataTime);
        Assert.Equal(DateTime.UnixEpoch.AddMilliseconds(1568879465650), update.Data.TransactionTime);
        var order = update.Data.UpdateData;
        Assert.Equal(
            ("own-1", OrderSide.Sell, FuturesOrderType.Limit, TimeInForce.GoodTillCrossing),
            (order.ClientOrderId, order.Side, order.Type, order.TimeInForce));
        Assert.Equal(
            (ExecutionType.Trade, OrderStatus.PartiallyFilled, 8389765494711091968, 77, true, true),
            (order.ExecutionType, order.Status, order.OrderId, order.TradeId, order.BuyerIsMaker, order.IsReduce));
        Assert.Equal(
            (0.001m, 9910.5m, 9910.4m, 0.0004m, 0.0004m, 9910.4m, 0.00079m, "USDT", -0.5m),
            (order.Quantity, order.Price, order.AveragePrice, order.QuantityOfLastFilledTrade,
                order.AccumulatedQuantityOfFilledTrades, order.PriceLastFilledTrade, order.Fee, order.FeeAsset,
                order.RealizedProfit));
        Assert.Null(order.GoodTillDate);
        Assert.Equal(SelfTradePreventionMode.ExpireMaker, order.SelfTradePrevention);
    }

    [Fact]
    public async Task Each_event_finds_its_handler()
    {
        await SubscribeAsync();
        var socket = await SocketAsync();
        string[] sent =
        [
            """{"e":"ACCOUNT_UPDATE","E":1,"T":1,"a":{"m":"FUNDING_FEE","B":[{"a":"USDT","wb":"1","bc":"3"}]}}""",
            """{"e":"MARGIN_CALL","E":1,"cw":"3.1","p":[{"s":"A","ps":"LONG","pa":"1","mt":"CROSSED","iw":"0"}]}""",
            """{"e":"ACCOUNT_CONFIG_UPDATE","E":1,"T":1,"ac":{"s":"BTCUSDT","l":25}}""",
            """{"e":"ALGO_UPDATE","E":1,"o":{"caid":"own-2","aid":7,"s":"A","X":"TRIGGERED","ai":"","tp":"9.5"}}""",
            """{"e":"TRADE_LITE","E":1,"s":"A","q":"1","p":"0","c":"x-d63tKbx3JKz","S":"BUY","L":"9"}""",
            """{"e":"CONDITIONAL_ORDER_TRIGGER_REJECT","E":1,"T":1,"or":{"s":"A","i":155618472834,"r":"no margin"}}""",
            """{"e":"STRATEGY_UPDATE","E":1,"su":{"si":176054594,"st":"GRID","ss":"NEW","s":"A","ut":1,"c":8007}}""",
            """{"e":"GRID_UPDATE","T":1,"E":1,"gu":{"si":1,"st":"GRID","ss":"WORKING","s":"A","r":"-0.003"}}""",
            $$"""{"e":"listenKeyExpired","E":"1736996475556","listenKey":"{{Key}}"}""",
        ];
        foreach (var data in sent) await socket.SendAsync(Key, data);
        await Eventually.TrueAsync(() => Task.FromResult(_events.Count == sent.Length));
        Assert.Equal(
            ["Account", "Margin", "Config", "Algo", "Trade", "Condition", "Strategy", "Grid", "Expired"],
            _events.Select(Name));
        Assert.Equal(25, Data<BinanceFuturesStreamConfigUpdate>()
            .LeverageUpdateData!.Leverage);
        var account = Data<BinanceFuturesStreamAccountUpdate>().UpdateData;
        Assert.Equal((AccountUpdateReason.FundingFee, 3m), (account.Reason, account.Balances[0].BalanceChange));
        Assert.Empty(account.Positions);
        var algo = Data<BinanceAlgoOrderUpdate>().Order;
        Assert.Equal(
            ("own-2", 7, AlgoOrderStatus.Triggered, (long?)null, (decimal?)9.5m),
            (algo.ClientOrderId, algo.Id, algo.Status, algo.ActualOrderId, algo.TriggerPrice));
        Assert.Equal(
            "z", Data<BinanceFuturesStreamTradeUpdate>().ClientOrderId);
        Assert.Equal(
            DateTime.UnixEpoch.AddMilliseconds(1736996475556),
            Data<BinanceStreamEvent>().EventTime);
    }

    [Fact]
    public async Task Unknown_events_and_events_outside_of_a_stream_are_passed_over()
    {
        await SubscribeAsync();
        var socket = await SocketAsync();
        await socket.SendAsync(Key, """{"e":"SOMETHING_NEW","E":1,"x":{"y":[1,2,{"e":"ORDER_TRADE_UPDATE"}]}}""");
        await socket.SendAsync(Order);
        await socket.SendAsync(Key, Order);
        await NextAsync<BinanceFuturesStreamOrderUpdate>();
        Assert.Empty(_events);
    }

    [Fact]
    public async Task Words_that_the_library_does_not_know_are_no_value_of_it()
    {
        await SubscribeAsync();
        await (await SocketAsync()).SendAsync(
            Key, Order.Replace("\"TRADE\"", "\"CALCULATED\"", StringComparison.Ordinal)
                .Replace("\"EXPIRE_MAKER\"", "null", StringComparison.Ordinal)
                .Replace("PARTIALLY_FILLED", "partially_filled", StringComparison.Ordinal));
        var order = (await NextAsync<BinanceFuturesStreamOrderUpdate>())
            .Data.UpdateData;
        Assert.Equal((ExecutionType)(-9), order.ExecutionType);
        Assert.Equal((SelfTradePreventionMode)(-9), order.SelfTradePrevention);
        Assert.Equal(OrderStatus.PartiallyFilled, order.Status);
    }

    [Fact]
    public async Task An_event_with_nothing_where_an_amount_must_be_is_lost()
    {
        await SubscribeAsync();
        var socket = await SocketAsync();
        await socket.SendAsync(Key, Order.Replace("\"sp\":\"0\"", "\"sp\":null", StringComparison.Ordinal));
        await socket.SendAsync(Key, Order.Replace("own-1", "own-2", StringComparison.Ordinal));
        var update = await NextAsync<BinanceFuturesStreamOrderUpdate>();
        Assert.Equal("own-2", update.Data.UpdateData.ClientOrderId);
        Assert.True(socket.IsOpen);
    }

    private static string Name(DataEvent update) => update switch
    {
        DataEvent<BinanceFuturesStreamAccountUpdate> => "Account",
        DataEvent<BinanceFuturesStreamMarginUpdate> => "Margin",
        DataEvent<BinanceFuturesStreamConfigUpdate> => "Config",
        DataEvent<BinanceAlgoOrderUpdate> => "Algo",
        DataEvent<BinanceFuturesStreamTradeUpdate> => "Trade",
        DataEvent<BinanceConditionOrderTriggerRejectUpdate> => "Condition",
        DataEvent<BinanceStrategyUpdate> => "Strategy",
        DataEvent<BinanceGridUpdate> => "Grid",
        DataEvent<BinanceStreamEvent> => "Expired",
        _ => "Order",
    };

    private T Data<T>() => _events.OfType<DataEvent<T>>().Single().Data;

    private async Task<DataEvent<T>> NextAsync<T>()
    {
        DataEvent? next = null;
        await Eventually.TrueAsync(() => Task.FromResult(_events.TryDequeue(out next)));
        return (DataEvent<T>)next!;
    }

    private async Task SubscribeAsync() =>
        Good(await Client.UsdFuturesApi.Account.SubscribeToUserDataUpdatesAsync(
            Key,
            onLeverageUpdate: _events.Enqueue,
            onMarginUpdate: _events.Enqueue,
            onAccountUpdate: _events.Enqueue,
            onOrderUpdate: _events.Enqueue,
            onTradeUpdate: _events.Enqueue,
            onListenKeyExpired: _events.Enqueue,
            onStrategyUpdate: _events.Enqueue,
            onGridUpdate: _events.Enqueue,
            onConditionalOrderTriggerRejectUpdate: _events.Enqueue,
            onAlgoOrderUpdate: _events.Enqueue));
}
