using Quantum.Feeds.Recorded;

namespace Quantum.Feeds.Tests;

public sealed class TradeFeedTests : IDisposable
{
    private const long Start = 1_723_161_240_000;

    private readonly TapeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Trades_of_a_dump_become_ticks_steps_and_whole_minutes()
    {
        // 23:54:00.000 is a whole minute; the second minute has one trade, the last is cut off.
        _folder.Write(
            "BTCUSDT-aggTrades-2024-08-08.csv",
            "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker",
            $"1,100,2,1,1,{Start + 10},true", $"2,101,1,2,2,{Start + 20},false", $"3,99,1,3,3,{Start + 30_000},true",
            $"4,102,4,4,4,{Start + 60_000},false", $"5,103,1,5,5,{Start + 120_050},false");
        var sink = RecordingSink.Of(Open());
        Assert.Equal([100, 101, 99, 102, 103], sink.Ticks.Select(tick => tick.Tick.Price));
        Assert.Equal(
            [Start + 99, Start + 30_099, Start + 60_000, Start + 60_099, Start + 120_000, Start + 120_099], sink.Steps);
        Assert.Equal(2, sink.Klines.Count);
        var first = sink.Klines[0].Kline;
        Assert.Equal(
            (100m, 101m, 99m, 99m, 4m, 400m, 3L),
            (first.Open, first.High, first.Low, first.Close, first.Volume, first.QuoteVolume, first.Trades));
        Assert.Equal((102m, Start + 60_000), (sink.Klines[1].Kline.Close, sink.Klines[1].Kline.OpenTimeMs));
        // Without a book the price stands for both sides of the quote, and market_data leaves them unknown.
        Assert.Equal((101m, 101m), (sink.Quotes[0].Quote.BidPrice, sink.Quotes[0].Quote.AskPrice));
        Assert.Null(sink.States[0].State.BidPrice);
    }

    [Fact]
    public void A_quiet_symbol_gets_a_flat_candle_and_a_silent_tape_a_gap()
    {
        _folder.Write("BTCUSDT-aggTrades.csv", Row(1, 0), Row(2, 60_000), Row(3, 240_000), Row(4, 300_000));
        _folder.Write("ETHUSDT-aggTrades.csv", Row(1, 50), Row(2, 240_500), Row(3, 300_000));
        var gaps = new List<TapeGap>();
        var sink = RecordingSink.Of(RecordedFeed.Open(new RecordedSettings { Path = _folder.Path, OnGap = gaps.Add }));
        var eth = sink.Klines.Where(k => k.Kline.Symbol.Name == "ETHUSDT").Select(k => k.Kline).ToArray();
        Assert.Equal([Start, Start + 60_000, Start + 240_000], eth.Select(kline => kline.OpenTimeMs));
        Assert.Equal((0m, 0L, 101m), (eth[1].Volume, eth[1].Trades, eth[1].Close));
        Assert.Equal([false, false, true], eth.Select(kline => kline.GapBefore));
        Assert.Equal(2, gaps.Count);
        Assert.Equal((Start + 120_000, Start + 240_000), (gaps[0].FromMs, gaps[0].ToMs));

        static string Row(long id, long after) => $"{id},{100 + id},1,1,1,{Start + after},true";
    }

    [Fact]
    public void A_capture_gives_real_bids_and_asks_and_funding_and_passes_over_the_rest()
    {
        _folder.Write(
            "btcusdt_20240808.gz",
            Line(1, "{\"stream\":\"btcusdt@depth@0ms\",\"data\":{\"e\":\"depthUpdate\","
                + "\"E\":1,\"T\":1,\"s\":\"BTCUSDT\","
                + "\"b\":[[\"1\",\"2\"]],\"a\":[]}}"),
            Line(2, Book(Start, "61800.20", "61800.30")),
            Line(3, Trade(Start + 5, "61800.30", "0.006", "MARKET")),
            Line(4, Trade(Start + 6, "0", "0", "NA")),
            Line(5, "{\"lastUpdateId\":5,\"bids\":[[\"1\",\"2\"]],\"asks\":[[\"3\",\"2\"]]}"),
            Line(6, $"{{\"e\":\"markPriceUpdate\",\"E\":{Start + 7},\"s\":\"BTCUSDT\","
                + "\"p\":\"61799.5\",\"r\":\"0.00010000\","
                + $"\"T\":{Start + 1_000_000}}}"),
            Line(7, Book(Start + 3, "61800.10", "61800.40")));
        var sink = RecordingSink.Of(Open());
        var tick = Assert.Single(sink.Ticks);
        Assert.Equal((61800.30m, 61800.20m, 61800.30m), (tick.Tick.Price, tick.Tick.BidPrice, tick.Tick.AskPrice));
        Assert.False(tick.Tick.IsBuyerMaker);
        var state = Assert.Single(sink.States).State;
        Assert.Equal((61799.5m, 61800.10m, 61800.40m), (state.MarkPrice, state.BidPrice, state.AskPrice));
        Assert.Equal((0.0001, Start + 1_000_000), (state.FundingRate, state.NextFundingAtMs));
        Assert.Equal((61800.10m, 61800.40m), (sink.Quotes[0].Quote.BidPrice, sink.Quotes[0].Quote.AskPrice));
        Assert.Equal([Start + 99], sink.Steps);
    }

    [Fact]
    public void Going_on_tells_exactly_the_rest()
    {
        _folder.Write("BTCUSDT-aggTrades.csv", [.. Enumerable.Range(0, 400).Select(i =>
            $"{i},{100 + i % 7},1,1,1,{Start + i * 733},{(i % 2 == 0 ? "true" : "false")}")]);
        var whole = RecordingSink.Of(Open());
        Assert.True(whole.Klines.Count >= 4);
        foreach (var steps in new[] { 1, 80, 81, 82, 83, 84, 200 })
        {
            using var stop = new CancellationTokenSource();
            var before = new RecordingSink(stop, steps);
            Open().Run(before, stop.Token);
            var after = RecordingSink.Of(Open(), before.Steps[^1]);
            Assert.Equal(whole.Lines, before.Lines.Concat(after.Lines));
        }
    }

    [Fact]
    public void Every_change_of_the_book_is_told_by_itself_with_its_sizes()
    {
        _folder.Write(
            "capture.gz", Line(0, Book(Start, "100", "101")), Line(1, Book(Start + 1, "100", "102")),
            Line(1, Book(Start + 1, "99", "102")), Line(2, Trade(Start + 2, "102", "1", "MARKET")),
            Line(3, Book(Start + 3, "99", "103").Replace("\"B\":\"2\"", "\"B\":\"?\"", StringComparison.Ordinal)));
        var sink = RecordingSink.Of(Open());
        Assert.Equal(
            [(Start, 100m, 101m), (Start + 1, 100m, 102m), (Start + 1, 99m, 102m), (Start + 3, 99m, 103m)],
            sink.Books.Select(book => (book.AtMs, book.Top.BidPrice, book.Top.AskPrice)));
        Assert.Equal((2m, 3m), (sink.Books[0].Top.BidQuantity, sink.Books[0].Top.AskQuantity));
        // A size that cannot be read is unknown, and the prices count.
        Assert.Null(sink.Books[3].Top.BidQuantity);
        Assert.Equal(Start + 2, Assert.Single(sink.Ticks).AtMs);
    }

    private static string Line(int receivedMs, string frame) => $"{(Start + receivedMs) * 1_000_000} {frame}";

    private static string Book(long atMs, string bid, string ask) =>
        $"{{\"stream\":\"btcusdt@bookTicker\",\"data\":{{\"e\":\"bookTicker\",\"u\":5,\"s\":\"BTCUSDT\","
        + $"\"b\":\"{bid}\",\"B\":\"2\","
        + $"\"a\":\"{ask}\",\"A\":\"3\",\"T\":{atMs},\"E\":{atMs}}}}}";

    private static string Trade(long atMs, string price, string quantity, string how) =>
        $"{{\"e\":\"trade\",\"E\":{atMs},\"T\":{atMs},\"s\":\"BTCUSDT\",\"t\":1,"
        + $"\"p\":\"{price}\",\"q\":\"{quantity}\",\"X\":\"{how}\","
        + "\"m\":false}";

    private IMarketFeed Open() => RecordedFeed.Open(new RecordedSettings { Path = _folder.Path });
}
