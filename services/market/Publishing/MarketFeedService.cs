using Quantum.EventLog;
using Quantum.Feeds;
using Quantum.Feeds.Recorded;
using Quantum.Roles.Ai.Model;
using Quantum.Hosting;
using Quantum.Roles.Symbols;

namespace Quantum.Market.Publishing;

/// <summary>
/// Runs the feed of this system on a thread of its own: takes up the position of the last run, publishes, and at the
/// end of a tape says so and stays idle, or ends the host.
/// </summary>
public sealed class MarketFeedService(
    IEventLog events, Func<CancellationToken, IFeedStore> openStore, FeedSettings settings, TradingMode mode,
    FeedSwitch feedSwitch, SymbolFilterBook symbols, IHostApplicationLifetime host, ILogger<MarketFeedService> log,
    TimeProvider time, LiveMarket? live = null, QuoteRelay? quotes = null)
    : BackgroundService
{
    private FeedProgress? _progress;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Factory.StartNew(
        () => RunOrStop(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Publishes until the tape ends or until cancelled; gives the summary of a tape that ended.</summary>
    public FeedSummary? Run(CancellationToken cancel)
    {
        var store = openStore(cancel);
        using var disposable = store as IDisposable;
        var feed = live?.Open(settings)
            ?? FeedFactory.Create(settings, time.GetUtcNow().ToUnixTimeMilliseconds(), Tell, store);
        if (feed is CandleFeed candles && TrainingNeed.Shortage(candles.CandlesOfEach,
            candles.IntervalMs, candles.Interval) is { } shortage)
            log.LogWarning("{Shortage}", shortage);
        UnknownSymbols.Tell(feed.Symbols, symbols, store, log);
        var start = PositionIn(feed, store);
        if (start.IsDone)
        {
            log.LogInformation(
                "the tape is already over: {Candles} candles; to play it again, use an empty Redis ({Mend})",
                start.Candles, PlainSettings.EmptyRedis);
            return FeedSummary.Of(start);
        }

        Tell(feed, start);
        if (feedSwitch.Load(store) is { } pause)
            log.LogWarning("the feed is still paused by {By}: {Reason}", pause.By, pause.Reason);
        var step = settings.IsTape && events is ITapeLog tape ? new StepLog(tape) : null;
        var writer = new MarketWriter(step ?? events, store, mode, settings.IsTape, log, cancel);
        var progress = _progress = new FeedProgress(log, time, feed.FirstMs, feed.LastMs);
        if (settings.IsTape) return RunTape(feed, store, writer, step, progress, start, cancel);
        using var publisher = new LivePublisher(writer, store, time, progress, feedSwitch, start, cancel);
        using var attached = quotes?.Attach(publisher, feed.Symbols);
        feed.Run(publisher, cancel, start.AtMs);
        return null;
    }

    private FeedSummary? RunTape(
        IMarketFeed feed, IFeedStore store, MarketWriter writer, StepLog? step, FeedProgress progress,
        FeedPosition start, CancellationToken cancel)
    {
        var barrier = new ReaderBarrier(events, store, RolesOf(mode), log);
        barrier.WaitForReaders(cancel);
        var publisher = new TapePublisher(
            writer, barrier, store, new Pacer(settings.Speed, time, feed.LiveFromMs), progress, feedSwitch, start,
            LastWords.UpTo(feed, start.AtMs, cancel), events.Keys, log, cancel, step);
        publisher.Hold();
        feed.Run(publisher, cancel, start.AtMs);
        if (cancel.IsCancellationRequested) return null;
        var hasSettled = TapeEnd.Settle(
            publisher.Last, publisher.Position.AtMs,
            () => TapeEnd.UnderWay.SelectMany(events.Keys.KeysOf).Sum(store.EntriesAdded), publisher.Stand, cancel);
        if (!hasSettled) log.LogWarning("{Trouble}", TapeEnd.StillUnderWay);
        var summary = publisher.Finish();
        log.LogInformation(
            "the tape is over: {Candles} candles, {Ticks} ticks, to {Last:yyyy-MM-dd HH:mm:ss}Z",
            summary.Candles, summary.Ticks, DateTimeOffset.FromUnixTimeMilliseconds(summary.LastTapeMs));
        return summary;
    }

    private void RunOrStop(CancellationToken cancel)
    {
        try
        {
            var summary = Run(cancel);
            if (summary is not null && settings.ExitAtEnd) host.StopApplication();
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            log.LogInformation("the feed stopped; it goes on from its position at the next start");
        }
        catch (Exception e)
        {
            if (e is FeedException or LogRefusedException or StartupException) log.LogCritical("{Reason}", e.Message);
            else log.LogCritical(e, "the feed failed");
            Environment.ExitCode = ExitCodeOf(e, _progress is { HasBegun: true });
            host.StopApplication();
        }
    }

    /// <summary>The exit code of a feed that failed: 2 where another start would meet the same, else 1.</summary>
    /// <param name="fault">What it failed on.</param>
    /// <param name="hasBegun">Whether it had begun to publish.</param>
    public static int ExitCodeOf(Exception fault, bool hasBegun) =>
        !hasBegun && fault is (FeedException or StartupException) ? QuantumHosting.CannotStart : 1;

    private static FeedPosition PositionIn(IMarketFeed feed, IFeedStore store)
    {
        var position = store.ReadPosition();
        if (position is null) return new FeedPosition { Feed = feed.Identity };
        return position.Feed == feed.Identity
            ? position
            : throw new FeedException(
                $"this Redis holds the run of another feed ({position.Feed}), asked for is {feed.Identity}: "
                + $"ask for the same feed, or use an empty Redis for each run ({PlainSettings.EmptyRedis}).");
    }

    private void Tell(TapeNotice notice)
    {
        if (notice.IsWarning) log.LogWarning("{Notice}", notice.Text);
        else log.LogInformation("{Notice}", notice.Text);
    }

    private void Tell(IMarketFeed feed, FeedPosition start)
    {
        var span = feed is { FirstMs: { } first, LastMs: { } last }
            ? string.Create(
                CultureInfo.InvariantCulture,
                $", {TimeOf(first):yyyy-MM-dd HH:mm}Z to {TimeOf(last):yyyy-MM-dd HH:mm}Z")
            : "";
        var resumed = start.AtMs == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $", goes on after {TimeOf(start.AtMs):u}");
        log.LogInformation(
            "feed {Kind}{Path}, {Symbols}{Span}, speed {Speed}{Resumed}",
            settings.Kind, settings.Path is null ? "" : " " + settings.Path, string.Join(" ", feed.Symbols), span,
            settings.Speed?.ToString(CultureInfo.InvariantCulture) ?? "max", resumed);

        static DateTimeOffset TimeOf(long atMs) => DateTimeOffset.FromUnixTimeMilliseconds(atMs);
    }

    private static IEnumerable<string> RolesOf(TradingMode mode) => StreamCatalog.All
        .SelectMany(stream => stream.Consumers)
        .Where(consumer => consumer.IsActiveIn(mode))
        .Select(consumer => consumer.Role)
        .Distinct();
}
