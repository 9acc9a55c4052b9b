using Quantum.Contracts.Units;
using Quantum.Instruments;
using Quantum.Market;
using Quantum.Market.Publishing;
using Quantum.Testing;

namespace Quantum.Feeds.Tests;

public sealed class TapePublisherTests : IDisposable
{
    private readonly TapeFolder _folder = new();
    private readonly FakeMarketLog _log = new();
    private readonly LineLog _lines = new();
    private readonly FeedSwitch _switch = new();

    public TapePublisherTests()
    {
        _folder.Write("BTCUSDT.csv", TapeFolder.Minutes(6));
        _folder.Write("ETHUSDT.csv", TapeFolder.Minutes(6));
    }

    public void Dispose()
    {
        _folder.Dispose();
        _log.Dispose();
        _switch.Dispose();
    }

    [Fact]
    public void A_tape_is_published_whole_and_its_end_is_told()
    {
        var summary = Feed().Run(CancellationToken.None);
        Assert.Equal(
            (12L, 48L, 24L, 24L),
            (summary!.Candles, summary.Ticks, summary.Snapshots, summary.Quotes));
        Assert.Equal(summary, _log.Done);
        Assert.Equal(
            (12, 48, 24, 24),
            (_log.Count("market.klines"), _log.Count("market.tick"), _log.Count("market_data"),
                _log.Count("exchange.raw")));
        Assert.Equal(
            (TapeFolder.StartMs + 20_000, TapeFolder.StartMs + 360_000),
            (summary.FirstTapeMs, summary.LastTapeMs));
        var kline = _log.Of("market.klines")[0];
        Assert.StartsWith(
            $"event_id=kline-BTCUSDT-{TapeFolder.StartMs} ts={TapeFolder.StartMs + 60_000} "
                + "source=market_publisher mode=paper v=1",
            kline, StringComparison.Ordinal);
        // Played again over the same log it knows that it is over.
        Assert.Equal(summary, Feed().Run(CancellationToken.None));
        Assert.Equal(48, _log.Count("market.tick"));
    }

    [Fact]
    public async Task No_step_begins_before_the_readers_are_done_with_the_last()
    {
        var allowed = 0;
        _log.Blocker = () => Volatile.Read(ref allowed) > 0 ? null : "quantum:stream:market.tick somebody";
        using var cancel = new CancellationTokenSource();
        var run = Task.Run(() => Feed().Run(cancel.Token));
        Eventually.True(() => _log.QuietCalls > 20);
        // The first step of two symbols: two ticks, a state and a quote each.
        Assert.Equal(8, _log.Entries.Count);
        Assert.Equal(0, _log.ReadPosition()!.AtMs);
        _log.Blocker = () => Interlocked.Decrement(ref allowed) >= 0 ? null : "x";
        Volatile.Write(ref allowed, 1);
        Eventually.True(() => _log.Entries.Count == 16);
        Assert.Equal(TapeFolder.StartMs + 20_000, _log.ReadPosition()!.AtMs);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Null(_log.Done);
    }

    [Fact]
    public async Task A_paused_tape_stands_between_two_steps_also_after_a_restart_and_changes_nothing()
    {
        using var clean = new FakeMarketLog();
        Feed(clean).Run(CancellationToken.None);
        // The word comes while the first step is published: its readers still get all of it.
        _log.BeforeAppend = () =>
        {
            if (_log.Calls == 3) _switch.Take(new FeedPause("anna", "a look", 1), _log);
        };
        using var stop = new CancellationTokenSource();
        var run = Task.Run(() => Feed().Run(stop.Token));
        Eventually.True(() => _log.ReadPosition()?.AtMs == TapeFolder.StartMs + 20_000);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(8, _log.Entries.Count);

        using var afterRestart = new FeedSwitch();
        run = Task.Run(() => new MarketFeedService(
            _log, _ => _log, Settings(), TradingMode.Paper, afterRestart, InstrumentBook.BuiltIn.Filters,
            new NoHost(), _lines, TimeProvider.System)
            .Run(CancellationToken.None));
        Eventually.True(() => _lines.Count("still paused by anna: a look") == 1);
        Assert.Equal(8, _log.Entries.Count);
        Assert.False(run.IsCompleted);
        afterRestart.Take(null, _log);
        await run;
        Assert.Equal(clean.Entries, _log.Entries);
    }

    [Fact]
    public void Who_holds_the_tape_up_is_named_and_waited_for()
    {
        var barrier = new ReaderBarrier(_log, _log, ["executor"], _lines, TimeSpan.FromMilliseconds(5));
        _log.Blocker = () =>
            _lines.Count("quantum:stream:trade.intent slow") >= 2 ? null : "quantum:stream:trade.intent slow";
        barrier.Wait(CancellationToken.None);
        Assert.Equal(2, _lines.Count("quantum:stream:trade.intent slow"));
    }

    [Fact]
    public async Task Nothing_is_published_before_every_reader_is_there()
    {
        var isUp = false;
        _log.HasGroups = _ => Volatile.Read(ref isUp);
        var run = Task.Run(() => Feed().Run(CancellationToken.None));
        Eventually.True(() => _lines.Count("waiting for") > 0);
        Assert.Empty(_log.Entries);
        Volatile.Write(ref isUp, true);
        Assert.NotNull(await run);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(23)]
    [InlineData(50)]
    [InlineData(51)]
    public void A_crash_at_any_append_loses_nothing_and_repeats_nothing(int appends)
    {
        using var clean = new FakeMarketLog();
        Feed(clean).Run(CancellationToken.None);
        // The process dies at an append, before or after it took effect.
        _log.BeforeAppend = () =>
        {
            if (_log.Calls == appends) throw new InvalidOperationException("killed");
        };
        Assert.Throws<InvalidOperationException>(() => Feed().Run(CancellationToken.None));
        Assert.Equal(appends, _log.Entries.Count);
        _log.BeforeAppend = () => { };
        var summary = Feed().Run(CancellationToken.None);
        Assert.Equal(clean.Entries, _log.Entries);
        Assert.Equal((12L, 48L), (summary!.Candles, summary.Ticks));
    }

    [Fact]
    public void Lost_replies_and_refused_appends_change_nothing()
    {
        using var clean = new FakeMarketLog();
        Feed(clean).Run(CancellationToken.None);
        _log.LosesReply = call => call is 3 or 30 or 47;
        _log.IsAway = call => call is 10 or 11 or 49;
        Feed().Run(CancellationToken.None);
        Assert.Equal(clean.Entries, _log.Entries);
        Assert.True(_lines.Count("the event log is away") >= 6);
    }

    [Fact]
    public void Another_tape_on_the_same_redis_is_refused()
    {
        Feed().Run(CancellationToken.None);
        var other = Settings() with { Symbols = [Symbol.Parse("BTCUSDT")] };
        var error = Assert.Throws<FeedException>(() => Feed(settings: other).Run(CancellationToken.None));
        Assert.Contains("use an empty Redis", error.Message, StringComparison.Ordinal);
        Assert.Contains("./quantum up --folder DIR", error.Message, StringComparison.Ordinal);
        // Another start would be refused for the same; what fails under way may not fail again.
        Assert.Equal(2, MarketFeedService.ExitCodeOf(error, hasBegun: false));
        Assert.Equal(1, MarketFeedService.ExitCodeOf(error, hasBegun: true));
        Assert.Equal(1, MarketFeedService.ExitCodeOf(new IOException(), hasBegun: false));
    }

    [Fact]
    public void An_accelerated_generated_market_is_a_tape_that_resumes()
    {
        var settings = new FeedSettings
        {
            Kind = FeedKind.Generated, Speed = null, HistoryCandles = 2, FromMs = TapeFolder.StartMs,
            ToMs = TapeFolder.StartMs + 120_000,
        };
        using var clean = new FakeMarketLog();
        Feed(clean, settings).Run(CancellationToken.None);
        _log.BeforeAppend = () =>
        {
            if (_log.Calls == 777) throw new InvalidOperationException("killed");
        };
        Assert.Throws<InvalidOperationException>(() => Feed(settings: settings).Run(CancellationToken.None));
        _log.BeforeAppend = () => { };
        // Another start time changes nothing: the anchor is kept.
        Feed(settings: settings with { FromMs = TapeFolder.StartMs + 60_000 }).Run(CancellationToken.None);
        Assert.Equal(clean.Entries, _log.Entries);
        var error = Assert.Throws<FeedException>(
            () => Feed(settings: settings with { Seed = 9 }).Run(CancellationToken.None));
        Assert.Contains("seed 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_pace_is_kept_against_the_clock_and_the_warm_up_is_not_paced()
    {
        var time = new ManualClock();
        var pacer = new Pacer(60, time, liveFromMs: 1_000_000);
        Assert.Equal(0, pacer.AheadMs(500_000));
        Assert.Equal(0, pacer.AheadMs(1_000_001), 3);
        Assert.Equal(1_000, pacer.AheadMs(1_060_001), 3);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, pacer.AheadMs(1_060_001), 3);
        // An hour behind: not made up for by rushing.
        time.Advance(TimeSpan.FromHours(1));
        Assert.True(pacer.AheadMs(1_120_001) < -1_000);
        Assert.Equal(1_000, pacer.AheadMs(1_180_001), 3);
    }

    private FeedSettings Settings() => new() { Kind = FeedKind.Recorded, Path = _folder.Path, Speed = null };

    private MarketFeedService Feed(FakeMarketLog? log = null, FeedSettings? settings = null) => new(
        log ?? _log, _ => log ?? _log, settings ?? Settings(), TradingMode.Paper, _switch,
        InstrumentBook.BuiltIn.Filters, new NoHost(), _lines, TimeProvider.System);
}
