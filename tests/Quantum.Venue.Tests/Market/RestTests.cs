using System.Globalization;
using System.Text.Json;
using Quantum.Contracts.Units;
using Quantum.Feeds;
using Quantum.Feeds.Tests;
using Quantum.Testing;
using Quantum.Venue.Wire;

namespace Quantum.Venue.Tests.Market;

/// <summary>
/// The public addresses after a recording of ten hours was played to its end: nothing moves any more.
/// </summary>
public sealed class RestTests(RestTests.PlayedHours venue) : IClassFixture<RestTests.PlayedHours>
{
    private const int Minutes = 600;
    private const long Minute = 60_000;

    [Fact]
    public async Task Candles_are_the_recordings_and_the_running_one_is_last()
    {
        var rows = (await venue.GetAsync("/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=1500")).EnumerateArray();
        Assert.Equal(Minutes + 1, rows.Count());
        foreach (var (row, i) in rows.Take(Minutes).Select((row, i) => (row, i)))
        {
            Assert.Equal(TapeFolder.StartMs + i * Minute, row[0].GetInt64());
            Assert.Equal(TapeFolder.StartMs + (i + 1) * Minute - 1, row[6].GetInt64());
            Assert.Equal(
                (Open(i), Open(i) + 25, Open(i) - 15, CloseOf(i), 8m + i % 3, (8m + i % 3) * Open(i), 40L + i),
                (Number(row[1]), Number(row[2]), Number(row[3]), Number(row[4]), Number(row[5]), Number(row[7]),
                    row[8].GetInt64()));
        }

        var running = rows.Last();
        Assert.Equal(TapeFolder.StartMs + Minutes * Minute, running[0].GetInt64());
        Assert.Equal((CloseOf(Minutes - 1), 0m), (Number(running[4]), Number(running[5])));
    }

    [Theory]
    [InlineData("5m", 5)]
    [InlineData("15m", 15)]
    [InlineData("1h", 60)]
    [InlineData("4h", 240)]
    [InlineData("12h", 720)]
    [InlineData("1d", 1_440)]
    [InlineData("1w", 10_080)]
    [InlineData("1M", 44_640)]
    public async Task Longer_candles_are_made_of_the_minutes(string name, int length)
    {
        var rows = (await venue.GetAsync($"/fapi/v1/klines?symbol=BTCUSDT&interval={name}&limit=1500"))
            .EnumerateArray().ToArray();
        Assert.Equal(Math.Max(1, (Minutes + length) / length), rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            var inside = Enumerable.Range(i * length, length).Where(minute => minute < Minutes).ToArray();
            if (inside.Length == 0) continue;
            Assert.Equal(
                (Open(inside[0]), inside.Max(Open) + 25, inside.Min(Open) - 15, CloseOf(inside[^1]),
                    inside.Sum(minute => 8m + minute % 3), inside.Sum(minute => 40L + minute)),
                (Number(rows[i][1]), Number(rows[i][2]), Number(rows[i][3]), Number(rows[i][4]), Number(rows[i][5]),
                    rows[i][8].GetInt64()));
        }
    }

    [Fact]
    public async Task Times_and_limit_choose_as_at_the_exchange()
    {
        var start = TapeFolder.StartMs;
        Assert.Equal((long[])[60, 120], await OpensAsync($"interval=1h&startTime={start + 1}&limit=2"));
        Assert.Equal(
            (long[])[60, 120, 180],
            await OpensAsync($"interval=1h&startTime={start + 60 * Minute}&endTime={start + 180 * Minute}"));
        Assert.Equal((long[])[120, 180], await OpensAsync($"interval=1h&endTime={start + 200 * Minute}&limit=2"));
        Assert.Equal(500, (await OpensAsync("interval=1m")).Length);
        Assert.Empty(await OpensAsync($"interval=1h&startTime={start + 100_000 * Minute}"));
    }

    [Theory]
    [InlineData("/fapi/v1/klines?symbol=BTCUSDT&interval=7m", -1120)]
    [InlineData("/fapi/v1/klines?symbol=BTCUSDT", -1102)]
    [InlineData("/fapi/v1/klines?interval=1m", -1102)]
    [InlineData("/fapi/v1/klines?symbol=&interval=1m", -1102)]
    [InlineData("/fapi/v1/klines?symbol=NOSUCH&interval=1m", -1121)]
    [InlineData("/fapi/v1/klines?symbol=BTC%20USDT&interval=1m", -1100)]
    [InlineData("/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=ten", -1100)]
    [InlineData("/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=1501", -1130)]
    [InlineData("/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=0", -1130)]
    [InlineData("/fapi/v1/klines?symbol=BTCUSDT&interval=1m&startTime=2&endTime=1", -1023)]
    [InlineData("/fapi/v1/continuousKlines?pair=BTCUSDT&interval=1m", -1102)]
    [InlineData("/fapi/v1/indexPriceKlines?symbol=BTCUSDT&interval=1m", -1102)]
    [InlineData("/fapi/v1/depth?symbol=BTCUSDT&limit=7", -4021)]
    [InlineData("/fapi/v1/ticker/24hr?symbol=ETHUSDT", -1121)]
    [InlineData("/fapi/v1/aggTrades?symbol=BTCUSDT&fromId=1&startTime=1", -1128)]
    [InlineData("/fapi/v1/aggTrades?symbol=BTCUSDT&startTime=1&endTime=3600002", -1127)]
    [InlineData("/fapi/v1/trades", -1102)]
    [InlineData("/fapi/v1/premiumIndex?symbol=X", -1121)]
    [InlineData("/fapi/v1/historicalTrades?symbol=BTCUSDT", -2014)]
    public async Task What_is_wrong_is_refused_in_the_exchanges_code(string path, int code) =>
        Assert.Equal(code, (await venue.GetAsync(path)).GetProperty("code").GetInt32());

    [Theory]
    [InlineData("/fapi/v1/klines", "limit=99", 1)]
    [InlineData("/fapi/v1/klines", "limit=100", 2)]
    [InlineData("/fapi/v1/klines", "limit=500", 5)]
    [InlineData("/fapi/v1/klines", "", 5)]
    [InlineData("/fapi/v1/klines", "limit=1500", 10)]
    [InlineData("/fapi/v1/depth", "limit=50", 2)]
    [InlineData("/fapi/v1/depth", "limit=100", 5)]
    [InlineData("/fapi/v1/depth", "", 10)]
    [InlineData("/fapi/v1/depth", "limit=1000", 20)]
    [InlineData("/fapi/v1/ticker/24hr", "", 40)]
    [InlineData("/fapi/v1/ticker/24hr", "symbol=BTCUSDT", 1)]
    [InlineData("/fapi/v1/ticker/bookTicker", "", 5)]
    [InlineData("/fapi/v1/ticker/bookTicker", "symbol=BTCUSDT", 2)]
    [InlineData("/fapi/v1/premiumIndex", "", 10)]
    [InlineData("/fapi/v1/aggTrades", "symbol=BTCUSDT", 20)]
    public void A_request_weighs_what_the_exchange_takes_for_it(string path, string query, int weight)
    {
        var parameters = new Parameters();
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
            parameters.Add(pair.Split('=')[0], pair.Split('=')[1]);
        Assert.Equal(weight, venue.Core.Routes.Find("GET", path)!.Weight(parameters));
    }

    [Fact]
    public async Task Instruments_are_those_of_the_feed_with_the_books_facts()
    {
        var info = await venue.GetAsync("/fapi/v1/exchangeInfo");
        var symbol = Assert.Single(info.GetProperty("symbols").EnumerateArray());
        var facts = venue.Core.Instruments.Find(Symbol.Parse("BTCUSDT"))!.Filters;
        Assert.Equal(
            ("BTCUSDT", "BTC", "USDT", "PERPETUAL", "TRADING"),
            (Text(symbol, "symbol"), Text(symbol, "baseAsset"), Text(symbol, "quoteAsset"),
                Text(symbol, "contractType"), Text(symbol, "status")));
        var filters = symbol.GetProperty("filters").EnumerateArray()
            .ToDictionary(filter => Text(filter, "filterType"), filter => filter);
        Assert.Equal(
            ["LOT_SIZE", "MARKET_LOT_SIZE", "MAX_NUM_ORDERS", "MIN_NOTIONAL", "PERCENT_PRICE", "PRICE_FILTER"],
            filters.Keys.Order());
        Assert.Equal(facts.TickSize, Number(filters["PRICE_FILTER"].GetProperty("tickSize")));
        Assert.Equal(facts.StepSize, Number(filters["LOT_SIZE"].GetProperty("stepSize")));
        Assert.Equal(facts.MaxQuantity, Number(filters["LOT_SIZE"].GetProperty("maxQty")));
        Assert.Equal(facts.MaxMarketQuantity, Number(filters["MARKET_LOT_SIZE"].GetProperty("maxQty")));
        Assert.Equal(facts.MinNotionalUsd, Number(filters["MIN_NOTIONAL"].GetProperty("notional")));
        Assert.Equal(
            [("REQUEST_WEIGHT", 2_400), ("ORDERS", 1_200), ("ORDERS", 300)],
            info.GetProperty("rateLimits").EnumerateArray()
                .Select(limit => (Text(limit, "rateLimitType"), limit.GetProperty("limit").GetInt32())));
    }

    [Fact]
    public async Task Every_view_of_the_market_tells_the_same_price()
    {
        var last = CloseOf(Minutes - 1);
        var price = await venue.GetAsync("/fapi/v2/ticker/price?symbol=BTCUSDT");
        var prices = await venue.GetAsync("/fapi/v1/ticker/price");
        var day = await venue.GetAsync("/fapi/v1/ticker/24hr?symbol=BTCUSDT");
        var premium = await venue.GetAsync("/fapi/v1/premiumIndex?symbol=BTCUSDT");
        Assert.Equal(last, Number(price.GetProperty("price")));
        Assert.Equal(last, Number(Assert.Single(prices.EnumerateArray()).GetProperty("price")));
        Assert.Equal(
            (last, Open(0), Open(Minutes - 1) + 25, Open(0) - 15),
            (Number(day.GetProperty("lastPrice")), Number(day.GetProperty("openPrice")),
                Number(day.GetProperty("highPrice")), Number(day.GetProperty("lowPrice"))));
        Assert.Equal(
            Enumerable.Range(0, Minutes).Sum(minute => 8m + minute % 3), Number(day.GetProperty("volume")));
        Assert.Equal(last, Number(premium.GetProperty("markPrice")));
        Assert.Equal(
            DateTimeOffset.Parse("2025-12-05T16:00:00Z", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(),
            premium.GetProperty("nextFundingTime").GetInt64());
    }

    [Fact]
    public async Task What_fell_due_is_in_the_history_of_funding()
    {
        var past = await venue.GetAsync("/fapi/v1/fundingRate?symbol=BTCUSDT");
        var due = Assert.Single(past.EnumerateArray());
        Assert.Equal(TapeFolder.StartMs + 8 * 3_600_000, due.GetProperty("fundingTime").GetInt64());
        // Candles tell no rate, and nothing is taken.
        Assert.Equal(0, Number(due.GetProperty("fundingRate")));
    }

    [Fact]
    public async Task The_book_stands_around_the_price_as_orders_are_filled()
    {
        var depth = await venue.GetAsync("/fapi/v1/depth?symbol=BTCUSDT&limit=1000");
        var again = await venue.GetAsync("/fapi/v1/depth?symbol=BTCUSDT&limit=5");
        var ticker = await venue.GetAsync("/fapi/v1/ticker/bookTicker?symbol=BTCUSDT");
        var bids = Levels(depth, "bids");
        var asks = Levels(depth, "asks");
        Assert.Equal((1_000, 1_000), (bids.Length, asks.Length));
        Assert.Equal(bids.OrderByDescending(level => level.Price), bids);
        Assert.Equal(asks.OrderBy(level => level.Price), asks);
        Assert.Equal(bids[..5], Levels(again, "bids"));
        Assert.Equal(
            (bids[0].Price, asks[0].Price),
            (Number(ticker.GetProperty("bidPrice")), Number(ticker.GetProperty("askPrice"))));
        var half = venue.Core.Rules.HalfSpreadFraction * CloseOf(Minutes - 1);
        Assert.InRange(bids[0].Price, CloseOf(Minutes - 1) - half - 0.1m, CloseOf(Minutes - 1) - half);
        Assert.InRange(asks[0].Price, CloseOf(Minutes - 1) + half, CloseOf(Minutes - 1) + half + 0.1m);
        Assert.True(again.GetProperty("lastUpdateId").GetInt64() > depth.GetProperty("lastUpdateId").GetInt64());
    }

    [Fact]
    public async Task Trades_can_be_read_one_after_the_other()
    {
        var newest = (await venue.GetAsync("/fapi/v1/aggTrades?symbol=BTCUSDT&limit=1000")).EnumerateArray().ToArray();
        var first = newest[0].GetProperty("a").GetInt64();
        var page = (await venue.GetAsync($"/fapi/v1/aggTrades?symbol=BTCUSDT&fromId={first}&limit=3"))
            .EnumerateArray().Select(trade => trade.GetProperty("a").GetInt64());
        Assert.Equal([first, first + 1, first + 2], page);
        var atMs = newest[10].GetProperty("T").GetInt64();
        var timed = (await venue.GetAsync($"/fapi/v1/aggTrades?symbol=BTCUSDT&startTime={atMs}&endTime={atMs}"))
            .EnumerateArray();
        Assert.All(timed, trade => Assert.Equal(atMs, trade.GetProperty("T").GetInt64()));
        Assert.Contains(timed, trade => trade.GetProperty("a").GetInt64() == first + 10);
        var trades = (await venue.GetAsync("/fapi/v1/trades?symbol=BTCUSDT&limit=4")).EnumerateArray().ToArray();
        Assert.Equal(4, trades.Length);
        Assert.Equal(CloseOf(Minutes - 1), Number(trades[^1].GetProperty("price")));
        Assert.Equal(
            newest[^1].GetProperty("l").GetInt64(), trades[^1].GetProperty("id").GetInt64());
    }

    private async Task<long[]> OpensAsync(string query) =>
    [
        .. (await venue.GetAsync($"/fapi/v1/klines?symbol=BTCUSDT&{query}")).EnumerateArray()
            .Select(row => (row[0].GetInt64() - TapeFolder.StartMs) / Minute),
    ];

    private static decimal Open(int minute) => 60_000 + 10 * minute;

    private static decimal CloseOf(int minute) => Open(minute) + (minute % 2 == 0 ? 10 : -5);

    private static string Text(JsonElement owner, string name) => owner.GetProperty(name).GetString()!;

    private static decimal Number(JsonElement text) => decimal.Parse(text.GetString()!, CultureInfo.InvariantCulture);

    private static (decimal Price, decimal Size)[] Levels(JsonElement depth, string side) =>
        [.. depth.GetProperty(side).EnumerateArray().Select(level => (Number(level[0]), Number(level[1])))];

    /// <summary>A venue whose recording is over.</summary>
    public sealed class PlayedHours : IAsyncLifetime, IDisposable
    {
        private readonly TapeFolder _folder = new();
        private VenueRun _venue = null!;

        internal Quantum.Venue.Engine.VenueCore Core => _venue.Core;

        public Task<JsonElement> GetAsync(string path) => _venue.GetAsync(path);

        public async Task InitializeAsync()
        {
            var path = _folder.Write("BTCUSDT.csv",
            [
                "timestamp,open,high,low,close,volume,quote_volume,trades",
                .. Enumerable.Range(0, Minutes).Select(i => string.Create(CultureInfo.InvariantCulture,
                    $"{TapeFolder.StartMs + i * Minute},{Open(i)},{Open(i) + 25},{Open(i) - 15},{CloseOf(i)},")
                    + string.Create(CultureInfo.InvariantCulture, $"{8 + i % 3},{(8 + i % 3) * Open(i)},{40 + i}")),
            ]);
            _venue = await VenueRun.StartAsync(
                new FeedSettings { Kind = FeedKind.Recorded, Path = path, Speed = null, HistoryCandles = 200 });
            _venue.Market.Play();
            await _venue.Market.Ended.WaitAsync(Eventually.Deadline);
        }

        public async Task DisposeAsync() => await _venue.DisposeAsync();

        public void Dispose() => _folder.Dispose();
    }
}
