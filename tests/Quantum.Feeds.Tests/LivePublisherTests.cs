using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Instruments;
using Quantum.Market;
using Quantum.Market.Publishing;
using Quantum.Testing;

namespace Quantum.Feeds.Tests;

public sealed class LivePublisherTests
{
    private static readonly Symbol s_btc = Symbol.Parse("BTCUSDT");
    private static readonly Symbol s_eth = Symbol.Parse("ETHUSDT");

    [Fact]
    public void Under_back_pressure_every_tick_and_candle_is_sent_in_order_and_the_newest_of_each_state()
    {
        using var log = new FakeMarketLog();
        using var gate = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        log.BeforeAppend = () =>
        {
            entered.Set();
            gate.Wait();
        };
        using var live = Publisher(log, new ManualClock(1_000_000));
        live.Tick(1, Tick(s_btc, 1));
        entered.Wait();
        // The log takes nothing now: every tick and candle has a place of its own, the ten states share one.
        for (var i = 2; i <= 11; i++)
        {
            live.Tick(i, Tick(s_btc, i));
            live.Tick(i, Tick(s_eth, 100 + i));
            live.Data(i, new MarketData { Symbol = s_btc, LastPrice = i });
            live.Kline(i, Kline(i));
            live.Step(i);
        }

        gate.Set();
        Eventually.True(() => log.Count("market.klines") == 10 && log.Count("market.tick") == 21);
        Assert.Equal(9, live.Conflated);
        Assert.Equal(10, live.CandlesSent);
        decimal[] prices = [1, .. Enumerable.Range(2, 10).SelectMany(i => new decimal[] { i, 100 + i })];
        Assert.Equal(prices, PricesIn(log));
        Assert.Contains("last_price=11 ", Assert.Single(log.Of("market_data")), StringComparison.Ordinal);
        Assert.Empty(log.Dropped);
        Eventually.True(() => log.ReadPosition() is { AtMs: 11, Candles: 10 });
    }

    [Fact]
    public void What_nobody_understands_is_a_dead_letter_of_the_market_and_a_flood_of_it_is_not()
    {
        using var log = new FakeMarketLog();
        using var live = Publisher(log, new ManualClock(1_000_000));
        for (var i = 0; i < 200; i++) live.Unread("event newThing", FormattableString.Invariant($$"""{"n":{{i}}}"""));
        live.Tick(1, Tick(s_btc, 1));
        Eventually.True(() => log.Count("market.tick") == 1);
        var letters = log.Entries.Where(entry => entry.Key == "quantum:dlq:market_data").ToArray();
        Assert.Equal(60, letters.Length);
        Assert.Contains("dlq_reason=foreign dlq_text=event newThing dlq_role=market_publisher", letters[0].Entry,
            StringComparison.Ordinal);
        Assert.Contains("""dlq_payload={"n":0}""", letters[0].Entry, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_is_away_for_too_long_costs_the_oldest_ticks_which_are_counted_and_told()
    {
        using var log = new FakeMarketLog();
        var isAway = true;
        log.IsAway = _ => Volatile.Read(ref isAway);
        using var live = Publisher(log, new ManualClock(1_000_000), mostTicks: 4);
        live.Tick(1, Tick(s_btc, 1));
        Eventually.True(() => log.Calls > 0);
        for (var i = 2; i <= 9; i++) live.Tick(i, Tick(i % 2 == 0 ? s_eth : s_btc, i));
        Volatile.Write(ref isAway, false);
        Eventually.True(() => log.Count("market.tick") == 5 && log.Dropped.Count == 2);
        Assert.Equal([1, 6, 7, 8, 9], PricesIn(log));
        Assert.Equal((2, 2), (log.Dropped["ETHUSDT"], log.Dropped["BTCUSDT"]));
        live.Tick(10, Tick(s_btc, 10));
        Eventually.True(() => log.Count("market.tick") == 6);
        Assert.Equal(4, log.Dropped.Values.Sum());
    }

    [Fact]
    public void A_reply_that_is_lost_in_the_middle_of_many_costs_no_tick_and_doubles_none()
    {
        using var log = new FakeMarketLog();
        using var gate = new ManualResetEventSlim();
        log.BeforeAppend = gate.Wait;
        var random = new Random(7);
        log.LosesReply = _ => random.Next(24) == 0;
        log.IsAway = _ => random.Next(24) == 0;
        using var live = Publisher(log, new ManualClock(1_000_000));
        for (var i = 1; i <= 40; i++)
        {
            live.Tick(i, Tick(s_btc, i));
            live.Quote(i, new ExchangeRaw { Exchange = "binance", Symbol = s_btc, BidPrice = i, AskPrice = i });
            if (i % 10 == 0) live.Kline(i, Kline(i));
        }

        gate.Set();
        Eventually.True(() => log.Count("market.tick") >= 40 && log.Count("market.klines") >= 4);
        Assert.Equal(Enumerable.Range(1, 40).Select(i => (decimal)i), PricesIn(log));
        Assert.Equal(4, log.Count("market.klines"));
        Eventually.True(() => log.Of("exchange.raw").Count > 0);
        Assert.Equal(log.Of("exchange.raw").Distinct(), log.Of("exchange.raw"));
    }

    [Fact]
    public void A_history_goes_in_few_calls_and_its_position_is_never_ahead_of_it()
    {
        const int Candles = 2_000;
        using var log = new FakeMarketLog();
        using var gate = new ManualResetEventSlim();
        log.BeforeAppend = gate.Wait;
        log.LosesReply = call => call % 331 == 0;
        log.IsAway = call => call % 577 == 0;
        var ahead = 0;
        log.Positioned = position =>
        {
            var there = log.Count("market.klines");
            if (position.Candles > there || position.Added.Values.Sum() > there) ahead++;
        };
        using var live = Publisher(log, new ManualClock(1_000_000_000));
        for (var i = 1; i <= Candles; i++)
        {
            live.Kline(i, Kline(i));
            live.Step(i);
        }

        gate.Set();
        Eventually.True(() => log.ReadPosition() is { Candles: Candles });
        Assert.Equal(
            Enumerable.Range(1, Candles).Select(i => $"kline-BTCUSDT-{i * 60_000}"),
            log.Of("market.klines").Select(entry => entry.Split("event_id=")[1].Split(' ')[0]));
        Assert.Equal(0, ahead);
        // One call by one they would be as many as the candles.
        Assert.InRange(log.Rounds, 1, 40);
    }

    [Fact]
    public void Without_pressure_everything_is_sent()
    {
        using var log = new FakeMarketLog();
        using var live = Publisher(log, new ManualClock(1_000_000));
        for (var i = 1; i <= 20; i++)
        {
            live.Tick(i, Tick(s_btc, i));
            Eventually.True(() => log.Count("market.tick") == i);
        }

        Assert.Equal(0, live.Conflated);
    }

    [Fact]
    public async Task No_event_is_sent_before_its_own_time()
    {
        using var log = new FakeMarketLog();
        var clock = new ManualClock(1_000_000);
        using var live = Publisher(log, clock);
        var watch = Stopwatch.StartNew();
        var early = Task.Run(() => live.Tick(1_000_300, Tick(s_btc, 5)));
        Eventually.True(() => log.Count("market.tick") == 1);
        Assert.True(watch.ElapsedMilliseconds >= 290, $"sent after {watch.ElapsedMilliseconds} ms");
        await early;
        live.Tick(999_000, Tick(s_btc, 6));
        Eventually.True(() => log.Count("market.tick") == 2);
    }

    [Fact]
    public void Paused_nothing_is_told_and_what_goes_by_meanwhile_comes_as_candles_alone()
    {
        using var log = new FakeMarketLog();
        using var feedSwitch = new FeedSwitch();
        var clock = new ManualClock(1_000_000);
        using var live = Publisher(log, clock, feedSwitch);
        live.Tick(1_000, Tick(s_btc, 1));
        Eventually.True(() => log.Count("market.tick") == 1);
        feedSwitch.Take(new FeedPause("anna", "a look", 1), log);
        var feed = new Thread(() =>
        {
            live.Tick(2_000, Tick(s_btc, 2));
            live.Kline(60_000, Kline(1));
            live.Step(60_000);
            live.Tick(61_000, Tick(s_btc, 3));
            live.Tick(1_090_000, Tick(s_btc, 4));
        });
        feed.Start();
        Eventually.True(() => feed.ThreadState.HasFlag(System.Threading.ThreadState.WaitSleepJoin));
        clock.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal(("anna", 1), (log.ReadPause()!.By, log.Count("market.tick")));
        feedSwitch.Take(null, log);
        feed.Join();
        Eventually.True(() => log.Count("market.tick") == 2 && log.Count("market.klines") == 1);
        Assert.Contains("price=4 ", log.Of("market.tick")[1], StringComparison.Ordinal);
        Assert.Null(log.ReadPause());
    }

    [Fact]
    public async Task A_generated_market_in_real_time_has_its_history_and_goes_on_after_a_stop()
    {
        using var log = new FakeMarketLog();
        var settings = new FeedSettings { Kind = FeedKind.Generated, HistoryCandles = 30, Symbols = [s_btc] };
        await RunUntil(
            () => log.Count("market.klines") >= 30 && log.Count("market.tick") >= 1 && log.ReadPosition()!.AtMs > 0);
        var anchor = log.Anchor;
        var before = log.Of("market.klines");
        await RunUntil(() => log.Count("exchange.raw") >= 9);
        Assert.Equal(anchor, log.Anchor);
        var after = log.Of("market.klines");
        Assert.Equal(before, after.Take(before.Count));
        Assert.Equal(after.Distinct(), after);

        async Task RunUntil(Func<bool> isEnough)
        {
            using var cancel = new CancellationTokenSource();
            using var feedSwitch = new FeedSwitch();
            var gateway = new MarketFeedService(
                log, _ => log, settings, TradingMode.Paper, feedSwitch,
                InstrumentBook.BuiltIn.Filters, new NoHost(), NullLogger<MarketFeedService>.Instance,
                TimeProvider.System);
            var run = Task.Run(() => gateway.Run(cancel.Token));
            Eventually.True(() => isEnough() || run.IsFaulted);
            cancel.Cancel();
            var end = await Record.ExceptionAsync(() => run);
            Assert.True(end is null or OperationCanceledException, end?.ToString());
        }
    }

    private static LivePublisher Publisher(
        FakeMarketLog log, TimeProvider clock, FeedSwitch? feedSwitch = null, int mostTicks = 1_000)
    {
        var writer = new MarketWriter(
            log, log, TradingMode.Paper, false, NullLogger.Instance, CancellationToken.None);
        var progress = new FeedProgress(NullLogger.Instance, clock, null, null);
        return new LivePublisher(
            writer, log, clock, progress, feedSwitch ?? new FeedSwitch(), new FeedPosition { Feed = "x" },
            CancellationToken.None, mostTicks);
    }

    private static IEnumerable<decimal> PricesIn(FakeMarketLog log) => log.Of("market.tick").Select(
        entry => decimal.Parse(entry.Split("price=")[1].Split(' ')[0], CultureInfo.InvariantCulture));

    private static MarketTick Tick(Symbol symbol, decimal price) =>
        new() { Symbol = symbol, Price = price, Quantity = 1 };

    private static MarketKline Kline(int number) => new()
    {
        Symbol = s_btc, Interval = "1m", OpenTimeMs = number * 60_000, CloseTimeMs = (number + 1) * 60_000,
        Open = 1, High = 1,
        Low = 1, Close = 1, Volume = 1,
    };
}
