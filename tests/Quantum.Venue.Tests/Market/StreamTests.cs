using System.Globalization;
using System.Text.Json;
using Quantum.Contracts.Units;
using Quantum.Feeds;

namespace Quantum.Venue.Tests.Market;

/// <summary>Market streams of a generated market at sixty times real time.</summary>
public sealed class StreamTests : IAsyncLifetime
{
    private VenueRun _venue = null!;

    public async Task InitializeAsync() => _venue = await VenueRun.StartAsync(new FeedSettings
    {
        Kind = FeedKind.Generated, Speed = 60, HistoryCandles = 120, FromMs = 1_764_892_800_000,
        Symbols = [Symbol.Parse("BTCUSDT"), Symbol.Parse("ETHUSDT")],
    });

    public async Task DisposeAsync() => await _venue.DisposeAsync();

    [Fact]
    public async Task Candles_close_one_after_the_other_as_the_history_has_them()
    {
        await using var client = await _venue.ConnectAsync("/market/ws/btcusdt@kline_1m/btcusdt@kline_3m");
        _venue.Market.Play();
        var closed = new List<JsonElement>();
        var running = 0;
        while (closed.Count(kline => Text(kline, "i") == "1m") < 6)
        {
            var kline = (await client.HearAsync(frame => Text(frame, "e") == "kline")).GetProperty("k");
            if (kline.GetProperty("x").GetBoolean()) closed.Add(kline);
            else running++;
        }

        Assert.True(running > 0);
        foreach (var (name, lengthMs) in ((string, long)[])[("1m", 60_000), ("3m", 180_000)])
        {
            var told = closed.Where(kline => Text(kline, "i") == name).ToArray();
            Assert.NotEmpty(told);
            var opens = told.Select(kline => kline.GetProperty("t").GetInt64()).ToArray();
            Assert.Equal(Enumerable.Range(0, opens.Length).Select(i => opens[0] + i * lengthMs), opens);
            var rows = (await _venue.GetAsync(
                $"/fapi/v1/klines?symbol=BTCUSDT&interval={name}&startTime={opens[0]}&limit={opens.Length}"))
                .EnumerateArray().ToArray();
            foreach (var (kline, row) in told.Zip(rows))
            {
                Assert.Equal(row[0].GetInt64(), kline.GetProperty("t").GetInt64());
                Assert.Equal(row[6].GetInt64(), kline.GetProperty("T").GetInt64());
                Assert.Equal(
                    Enumerable.Range(1, 5).Select(i => row[i].GetString()!),
                    (string[])[Text(kline, "o"), Text(kline, "h"), Text(kline, "l"), Text(kline, "c"),
                        Text(kline, "v")]);
            }
        }
    }

    [Fact]
    public async Task A_book_is_kept_by_the_exchanges_own_rules()
    {
        await using var client = await _venue.ConnectAsync("/public/stream?streams=btcusdt@depth@100ms");
        _venue.Market.Play();
        var first = await client.HearAsync(frame => frame.TryGetProperty("stream", out _));
        var snapshot = await _venue.GetAsync("/fapi/v1/depth?symbol=BTCUSDT&limit=1000");
        var snapshotId = snapshot.GetProperty("lastUpdateId").GetInt64();
        var (bids, asks) = (Side(snapshot, "bids"), Side(snapshot, "asks"));
        var beforeId = first.GetProperty("data").GetProperty("u").GetInt64();
        var applied = 0;
        while (applied < 30)
        {
            var data = (await client.HearAsync(frame => frame.TryGetProperty("stream", out _))).GetProperty("data");
            var (fromId, toId) = (data.GetProperty("U").GetInt64(), data.GetProperty("u").GetInt64());
            Assert.Equal(beforeId, data.GetProperty("pu").GetInt64());
            beforeId = toId;
            if (toId < snapshotId) continue;
            if (applied++ == 0) Assert.InRange(snapshotId, fromId, toId);
            Apply(bids, data.GetProperty("b"));
            Apply(asks, data.GetProperty("a"));
            Assert.True(bids.Keys.Max() < asks.Keys.Min(), "the book is crossed: a level that is gone was not told");
            Assert.All(bids.Keys, price => Assert.True(bids.Keys.Max() - price < 100));
        }
    }

    [Fact]
    public async Task Marks_and_tickers_come_each_second_of_the_venues_clock()
    {
        await using var client = await _venue.ConnectAsync("/market/stream");
        await client.SubscribeAsync(
            "btcusdt@markPrice@1s", "!markPrice@arr@1s", "ethusdt@ticker", "!miniTicker@arr", "btcusdt@aggTrade");
        _venue.Market.Play();
        var heard = new Dictionary<string, List<JsonElement>>(StringComparer.Ordinal);
        while (heard.Count < 5 || heard.Values.Any(frames => frames.Count < 3))
        {
            var frame = await client.HearAsync(known => known.TryGetProperty("stream", out _));
            var stream = Text(frame, "stream");
            if (!heard.TryGetValue(stream, out var frames)) heard[stream] = frames = [];
            frames.Add(frame.GetProperty("data"));
        }

        var mark = heard["btcusdt@markPrice@1s"][^1];
        Assert.Equal(("markPriceUpdate", "BTCUSDT"), (Text(mark, "e"), Text(mark, "s")));
        Assert.True(mark.GetProperty("T").GetInt64() > mark.GetProperty("E").GetInt64());
        Assert.NotEqual(0, decimal.Parse(Text(mark, "r"), CultureInfo.InvariantCulture));
        var all = heard["!markPrice@arr@1s"][^1].EnumerateArray();
        Assert.Equal(["BTCUSDT", "ETHUSDT"], all.Select(row => Text(row, "s")));
        Assert.Equal("24hrTicker", Text(heard["ethusdt@ticker"][0], "e"));
        Assert.Equal(2, heard["!miniTicker@arr"][^1].GetArrayLength());
        var ids = heard["btcusdt@aggTrade"].Select(trade => trade.GetProperty("a").GetInt64()).ToArray();
        Assert.Equal(Enumerable.Range(0, ids.Length).Select(i => ids[0] + i), ids);
    }

    [Fact]
    public async Task On_the_wrong_address_a_stream_is_taken_and_never_told()
    {
        await using var quotes = await _venue.ConnectAsync("/public/ws");
        await using var market = await _venue.ConnectAsync("/market/ws");
        await quotes.SubscribeAsync(
            "btcusdt@markPrice@1s", "btcusdt@kline_1m", "btcusdt@aggTrade", "btcusdt@bookTicker");
        await market.SubscribeAsync(
            "btcusdt@bookTicker", "btcusdt@depth@100ms", "btcusdt@markPrice@1s", "xyusdt@ticker");
        _venue.Market.Play();
        for (var i = 0; i < 20; i++) Assert.Equal("bookTicker", Text((await quotes.NextAsync())!.Value, "e"));
        for (var i = 0; i < 5; i++) Assert.Equal("markPriceUpdate", Text((await market.NextAsync())!.Value, "e"));
    }

    [Fact]
    public async Task A_partial_book_is_the_best_of_it()
    {
        await using var client = await _venue.ConnectAsync("/public/ws/ethusdt@depth5@100ms");
        _venue.Market.Play();
        for (var i = 0; i < 5; i++)
        {
            var frame = (await client.NextAsync())!.Value;
            var bids = frame.GetProperty("b").EnumerateArray().Select(Price).ToArray();
            var asks = frame.GetProperty("a").EnumerateArray().Select(Price).ToArray();
            Assert.Equal((5, 5), (bids.Length, asks.Length));
            Assert.Equal(bids.OrderDescending(), bids);
            Assert.Equal(asks.Order(), asks);
            Assert.True(bids[0] < asks[0]);
        }
    }

    private static Dictionary<decimal, decimal> Side(JsonElement depth, string name) =>
        depth.GetProperty(name).EnumerateArray().ToDictionary(Price, Size);

    private static void Apply(Dictionary<decimal, decimal> side, JsonElement changes)
    {
        foreach (var change in changes.EnumerateArray())
        {
            if (Size(change) == 0) side.Remove(Price(change));
            else side[Price(change)] = Size(change);
        }
    }

    private static decimal Price(JsonElement level) =>
        decimal.Parse(level[0].GetString()!, CultureInfo.InvariantCulture);

    private static decimal Size(JsonElement level) =>
        decimal.Parse(level[1].GetString()!, CultureInfo.InvariantCulture);

    private static string Text(JsonElement owner, string name) => owner.GetProperty(name).GetString()!;
}
