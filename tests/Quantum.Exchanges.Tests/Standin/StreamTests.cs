using System.Collections.Concurrent;
using System.Text;
using Binance.Net.Enums;
using Binance.Net.Interfaces;
using Binance.Net.Objects.Models.Futures.Socket;
using Binance.Net.Objects.Models.Spot.Socket;
using CryptoExchange.Net.Objects;
using CryptoExchange.Net.Objects.Sockets;
using Quantum.Testing;

namespace Quantum.Exchanges.Tests.Standin;

/// <summary>The market's streams: where they are subscribed and what comes of their frames.</summary>
public sealed class StreamTests : StreamFixture
{
    private const string Book = """
        {"e":"bookTicker","u":400900217,"E":1568014460893,"T":1568014460891,"s":"BTCUSDT","b":"25.35190000",
        "B":"31.21","a":"25.3652","A":"40.66000000"}
        """;

    private const string Trade = """
        {"e":"aggTrade","E":1568014460893,"s":"BTCUSDT","a":5933014,"p":"0.001","q":"100","f":100,"l":105,
        "T":1568014460892,"m":true}
        """;

    private const string Mark = """
        {"e":"markPriceUpdate","E":1568014460893,"s":"BTCUSDT","p":"11794.15","i":"11784.62659091","P":"11784.25641265",
        "r":"0.00038167","T":1568044800000}
        """;

    private const string Kline = """
        {"e":"kline","E":1568014460893,"s":"BTCUSDT","k":{"t":1568014440000,"T":1568014499999,"s":"BTCUSDT","i":"1m",
        "f":100,"L":200,"o":"0.0010","c":"0.0020","h":"0.0025","l":"0.0015","v":"1000","n":100,"x":true,"q":"1.0000",
        "V":"500","Q":"0.500","B":"0"}}
        """;

    private static readonly DateTime s_told = DateTime.UnixEpoch.AddMilliseconds(1568014460893);

    [Fact]
    public async Task Best_prices_come_by_the_public_address_with_what_surrounds_them()
    {
        var updates = new ConcurrentQueue<DataEvent<BinanceFuturesStreamBookPrice>>();
        Good(await Client.UsdFuturesApi.ExchangeData.SubscribeToBookTickerUpdatesAsync(
            ["BTCUSDT", "ETHUSDT"], updates.Enqueue));
        var socket = await SocketAsync();
        Assert.Equal("/public/stream", socket.Path);
        Assert.Equal(["btcusdt@bookTicker", "ethusdt@bookTicker"], socket.Subscribed);
        var before = DateTime.UtcNow;
        await socket.SendAsync("btcusdt@bookTicker", Book);
        var update = await NextAsync(updates);
        Assert.Equal(("btcusdt@bookTicker", "BTCUSDT", s_told), (update.StreamId, update.Symbol, update.DataTime));
        Assert.InRange(update.ReceiveTime, before, DateTime.UtcNow);
        Assert.Equal(
            (400900217, "BTCUSDT", 25.3519m, 31.21m, 25.3652m, 40.66m),
            (update.Data.UpdateId, update.Data.Symbol, update.Data.BestBidPrice, update.Data.BestBidQuantity,
                update.Data.BestAskPrice, update.Data.BestAskQuantity));
        Assert.Equal(DateTime.UnixEpoch.AddMilliseconds(1568014460891), update.Data.TransactionTime);
    }

    [Fact]
    public async Task Trades_marks_and_candles_share_the_markets_address()
    {
        var trades = new ConcurrentQueue<DataEvent<BinanceStreamAggregatedTrade>>();
        var marks = new ConcurrentQueue<DataEvent<BinanceFuturesUsdtStreamMarkPrice>>();
        var klines = new ConcurrentQueue<DataEvent<IBinanceStreamKlineData>>();
        var market = Client.UsdFuturesApi.ExchangeData;
        Good(await market.SubscribeToAggregatedTradeUpdatesAsync("BTCUSDT", trades.Enqueue));
        Good(await market.SubscribeToMarkPriceUpdatesAsync("BTCUSDT", 1000, marks.Enqueue));
        Good(await market.SubscribeToKlineUpdatesAsync("BTCUSDT", KlineInterval.OneMinute, klines.Enqueue));
        var socket = Assert.Single(Venue.Sockets);
        Assert.Equal("/market/stream", socket.Path);
        Assert.Equal(["btcusdt@aggTrade", "btcusdt@markPrice@1s", "btcusdt@kline_1m"], socket.Subscribed);
        await socket.SendAsync("btcusdt@aggTrade", Trade);
        await socket.SendAsync("btcusdt@markPrice@1s", Mark);
        await socket.SendAsync("btcusdt@kline_1m", Kline);

        var trade = (await NextAsync(trades)).Data;
        Assert.Equal((5933014, 0.001m, 100m, true), (trade.Id, trade.Price, trade.Quantity, trade.BuyerIsMaker));
        var mark = (await NextAsync(marks)).Data;
        Assert.Equal((11794.15m, 11784.62659091m, 0.00038167m), (mark.MarkPrice, mark.IndexPrice, mark.FundingRate));
        Assert.Equal(DateTime.UnixEpoch.AddMilliseconds(1568044800000), mark.NextFundingTime);
        var kline = await NextAsync(klines);
        Assert.Equal(("BTCUSDT", s_told), (kline.Symbol, kline.DataTime));
        var candle = kline.Data.Data;
        Assert.True(candle.Final);
        Assert.Equal(
            (KlineInterval.OneMinute, 0.0010m, 0.0025m, 0.0015m, 0.0020m, 1000m, 100),
            (candle.Interval, candle.OpenPrice, candle.HighPrice, candle.LowPrice, candle.ClosePrice, candle.Volume,
                candle.TradeCount));
    }

    [Fact]
    public async Task A_frame_in_pieces_and_one_that_nobody_waits_for_are_no_obstacle()
    {
        var updates = new ConcurrentQueue<DataEvent<BinanceFuturesStreamBookPrice>>();
        Good(await Client.UsdFuturesApi.ExchangeData.SubscribeToBookTickerUpdatesAsync("BTCUSDT", updates.Enqueue));
        var socket = await SocketAsync();
        await socket.SendAsync("no JSON");
        await socket.SendAsync("[1,2]");
        await socket.SendAsync("dogeusdt@bookTicker", Book);
        await socket.SendAsync("btcusdt@bookTicker", Book.Replace("\"25.35190000\"", "null", StringComparison.Ordinal));
        var frame = Encoding.UTF8.GetBytes($$"""{"stream":"btcusdt@bookTicker","data":{{Book}}}""");
        await socket.SendAsync(frame[..50], false);
        await socket.SendAsync(frame[50..], true);
        Assert.Equal(25.3519m, (await NextAsync(updates)).Data.BestBidPrice);
        Assert.Empty(updates);
        Assert.True(socket.IsOpen);
    }

    [Fact]
    public async Task The_frames_text_is_kept_when_it_is_wanted()
    {
        using var client = Venue.SocketClient(options => options.OutputOriginalData = true);
        var updates = new ConcurrentQueue<DataEvent<BinanceFuturesStreamBookPrice>>();
        Good(await client.UsdFuturesApi.ExchangeData.SubscribeToBookTickerUpdatesAsync("BTCUSDT", updates.Enqueue));
        await (await SocketAsync()).SendAsync("btcusdt@bookTicker", Book);
        Assert.StartsWith("{\"stream\":", (await NextAsync(updates)).OriginalData, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_subscription_counts_as_a_good_one()
    {
        Venue.Replies = request => $$"""{"error":{"code":2,"msg":"no"},"id":{{request.GetProperty("id")}}}""";
        Good(await Client.UsdFuturesApi.ExchangeData.SubscribeToBookTickerUpdatesAsync("NOUSDT", _ => { }));
    }

    [Fact]
    public async Task A_subscription_without_a_reply_times_out_and_costs_the_connection()
    {
        Venue.Replies = _ => null;
        using var client = Venue.SocketClient(options => options.RequestTimeout = TimeSpan.FromMilliseconds(300));
        var result = await client.UsdFuturesApi.ExchangeData.SubscribeToBookTickerUpdatesAsync("BTCUSDT", _ => { });
        Assert.IsType<TimeoutError>(result.Error);
        var socket = await SocketAsync();
        await Eventually.TrueAsync(() => Task.FromResult(!socket.IsOpen));
    }

    [Fact]
    public async Task Too_many_streams_at_once_are_refused_before_they_are_sent()
    {
        var symbols = Enumerable.Range(0, 300).Select(i => $"SYMBOL{i}USDT");
        var result = await Client.UsdFuturesApi.ExchangeData.SubscribeToBookTickerUpdatesAsync(symbols, _ => { });
        Assert.IsType<InvalidOperationError>(result.Error);
        Assert.Empty((await SocketAsync()).Requests);
    }

    [Fact]
    public async Task A_venue_that_is_not_there_cannot_be_connected()
    {
        await Venue.DisposeAsync();
        var result = await Client.UsdFuturesApi.ExchangeData.SubscribeToBookTickerUpdatesAsync("BTCUSDT", _ => { });
        Assert.IsType<CantConnectError>(result.Error);
    }

    [Fact]
    public async Task Twenty_streams_fill_a_connection_and_the_least_loaded_by_subscriptions_is_asked_only()
    {
        var market = Client.UsdFuturesApi.ExchangeData;
        Good(await market.SubscribeToBookTickerUpdatesAsync(Enumerable.Range(0, 20).Select(i => $"S{i}"), _ => { }));
        Good(await market.SubscribeToBookTickerUpdatesAsync("BTCUSDT", _ => { }));
        Good(await market.SubscribeToBookTickerUpdatesAsync("ETHUSDT", _ => { }));
        // The full one has no more subscriptions than the second, comes first, and so a third is opened.
        Assert.Equal([20, 1, 1], Venue.Sockets.Select(socket => socket.Subscribed.Length));
    }

    [Fact]
    public async Task Closing_unsubscribes_and_the_last_one_closes_the_connection()
    {
        var market = Client.UsdFuturesApi.ExchangeData;
        var first = Good(await market.SubscribeToBookTickerUpdatesAsync("BTCUSDT", _ => { }));
        using var giveUp = new CancellationTokenSource();
        var second = Good(await market.SubscribeToBookTickerUpdatesAsync("ETHUSDT", _ => { }, giveUp.Token));
        var closed = 0;
        second.ConnectionClosed += () => Interlocked.Increment(ref closed);
        var socket = Assert.Single(Venue.Sockets);
        await first.CloseAsync();
        Assert.Equal(["btcusdt@bookTicker"], socket.Unsubscribed);
        Assert.True(socket.IsOpen);
        await giveUp.CancelAsync();
        await Eventually.TrueAsync(() => Task.FromResult(!socket.IsOpen && Volatile.Read(ref closed) == 1));
        Assert.Single(socket.Unsubscribed);
    }

    [Fact]
    public async Task All_can_be_closed_at_once()
    {
        Good(await Client.UsdFuturesApi.ExchangeData.SubscribeToBookTickerUpdatesAsync("BTCUSDT", _ => { }));
        Good(await Client.UsdFuturesApi.ExchangeData.SubscribeToAggregatedTradeUpdatesAsync("BTCUSDT", _ => { }));
        await Client.UnsubscribeAllAsync();
        await Eventually.TrueAsync(() => Task.FromResult(Venue.Sockets.All(socket => !socket.IsOpen)));
        Assert.Equal(2, Venue.Sockets.Count);
    }

    [Fact]
    public async Task Questions_without_sense_are_refused()
    {
        var market = Client.UsdFuturesApi.ExchangeData;
        await Assert.ThrowsAsync<ArgumentException>(
            () => market.SubscribeToMarkPriceUpdatesAsync("BTCUSDT", 500, _ => { }));
        await Assert.ThrowsAsync<ArgumentException>(() => market.SubscribeToKlineUpdatesAsync(
            "BTCUSDT", KlineInterval.OneDay, _ => { }, premiumIndex: true, priceIndex: true));
    }

    private static async Task<T> NextAsync<T>(ConcurrentQueue<T> queue)
    {
        T? next = default;
        await Eventually.TrueAsync(() => Task.FromResult(queue.TryDequeue(out next)));
        return next!;
    }
}
