using Quantum.Feeds;
using Quantum.Feeds.Recorded;

namespace Quantum.Backtest.Running;

/// <summary>
/// A recording that runs are made over: opened and checked once, never changed, and played by any number of runs at
/// once.
/// </summary>
public sealed class BacktestTape
{
    private BacktestTape(
        IMarketFeed feed, IReadOnlyList<TapeNotice> notices, IReadOnlyDictionary<Symbol, long> missing) =>
        (Feed, Notices, Missing) = (feed, notices, missing);

    public IMarketFeed Feed { get; }

    /// <summary>What its user should know of it: gaps, and what is left out.</summary>
    public IReadOnlyList<TapeNotice> Notices { get; }

    /// <summary>Candles that are missing inside a symbol's span, from 1.</summary>
    public IReadOnlyDictionary<Symbol, long> Missing { get; }

    /// <summary>Candles of all symbols that it tells at most, 0 when that is not known before.</summary>
    public long Candles => (Feed as CandleFeed)?.CandlesOfEach.Sum() ?? 0;

    /// <summary>Length of its candles, ms; a minute where they are built from trades.</summary>
    public long IntervalMs => (Feed as CandleFeed)?.IntervalMs ?? CandleInterval.MinuteMs;

    /// <summary>What is played, in words.</summary>
    public string Source => Feed is CandleFeed candles ? $"candles {candles.Interval}" : "trades";

    /// <summary>A feed as it is.</summary>
    public static BacktestTape Of(IMarketFeed feed)
    {
        ArgumentNullException.ThrowIfNull(feed);
        return new BacktestTape(feed, [], new Dictionary<Symbol, long>());
    }

    /// <summary>
    /// Opens a recording as the market's service would; throws <see cref="FeedException"/> of one line that names file
    /// and line of what is wrong.
    /// </summary>
    public static BacktestTape Open(FeedSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Kind != FeedKind.Recorded)
            throw new FeedException(
                $"a backtest plays a recording, and the feed is {settings.Kind}: name one (--data).");
        var notices = new List<TapeNotice>();
        var missing = new Dictionary<Symbol, long>();
        var feed = FeedFactory.Create(settings, 0, notices.Add, null, gap =>
            missing[gap.Symbol] = missing.GetValueOrDefault(gap.Symbol) + gap.MissingCandles, holdsRows: true);
        return new BacktestTape(feed, notices, missing);
    }
}
