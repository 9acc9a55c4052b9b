using Quantum.Contracts.Units;
using Quantum.Feeds;
using Quantum.Feeds.Generated;
using Quantum.Feeds.Recorded;
using Quantum.Hosting;
using Quantum.Roles.Ai.Model;

namespace Quantum.Market;

/// <summary>Makes the feed that the settings ask for, where the last run left it.</summary>
public static class FeedFactory
{
    private const double MsPerDay = 86_400_000;
    private const int GapLines = 20;

    /// <param name="settings">What is asked for.</param>
    /// <param name="store">Where a generated market's anchor is kept.</param>
    /// <param name="nowMs">UTC epoch ms.</param>
    /// <param name="log">Told each gap.</param>
    public static IMarketFeed Create(FeedSettings settings, IFeedStore store, long nowMs, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(store);
        return settings.Kind switch
        {
            FeedKind.Recorded => Recorded(settings, log),
            FeedKind.Binance => BinanceFeed(settings),
            _ => Generated(settings, store, nowMs, log),
        };
    }

    /// <summary>The one place where Binance's live market is made.</summary>
    private static IMarketFeed BinanceFeed(FeedSettings settings) => throw new StartupException(
        $"Feed:Kind is binance ({string.Join(",", settings.Symbols)}), which is not in this build: play a recording "
        + "(--data FOLDER), or leave --feed out.");

    private static IMarketFeed Recorded(FeedSettings settings, ILogger log)
    {
        var gaps = new List<TapeGap>();
        var notices = new List<TapeNotice>();
        var recorded = new RecordedSettings
        {
            Path = settings.Path!, Symbols = settings.Symbols, FromMs = settings.FromMs, ToMs = settings.ToMs,
            HistoryCandles = settings.FromMs is null ? 0 : settings.HistoryCandles,
            IntervalMs = settings.IntervalMs, Columns = settings.Columns, OnGap = gaps.Add, OnNotice = notices.Add,
        };
        var feed = RecordedFeed.Open(recorded);
        if (settings.Days is { } days)
        {
            gaps.Clear();
            notices.Clear();
            var limitMs = (settings.FromMs ?? feed.FirstMs!.Value) + (long)(days * MsPerDay);
            feed = RecordedFeed.Open(recorded with { ToMs = Math.Min(limitMs, settings.ToMs ?? long.MaxValue) });
        }

        Tell(gaps, notices, log);
        if (feed is CandleFeed candles && TrainingNeed.Shortage(candles.CandlesOfEach,
            candles.IntervalMs, candles.Interval) is { } shortage)
            log.LogWarning("{Shortage}", shortage);
        return feed;
    }

    private static void Tell(List<TapeGap> gaps, List<TapeNotice> notices, ILogger log)
    {
        foreach (var gap in gaps.Take(GapLines)) log.LogWarning("gap in the tape: {Gap}; no signal across it", gap);
        if (gaps.Count > GapLines) log.LogWarning("{More} more gaps in the tape", gaps.Count - GapLines);
        foreach (var notice in notices)
        {
            if (notice.IsWarning) log.LogWarning("{Notice}", notice.Text);
            else log.LogInformation("{Notice}", notice.Text);
        }
    }

    private static GeneratedFeed Generated(FeedSettings settings, IFeedStore store, long nowMs, ILogger log)
    {
        var symbols = settings.Symbols.Count > 0 ? settings.Symbols : GeneratedSymbol.Defaults;
        var fresh = GeneratedSettings.StartingAt(settings.FromMs ?? nowMs, settings.HistoryCandles, settings.Seed);
        var names = symbols.Select(symbol => symbol.Name).ToArray();
        var anchor = store.ReadAnchor();
        if (anchor is null)
        {
            anchor = new FeedAnchor(fresh.Seed, fresh.AnchorMs, fresh.LiveFromMs, names, settings.Edge);
            store.WriteAnchor(anchor);
        }
        else if (anchor.Seed != settings.Seed || anchor.Edge != settings.Edge || !anchor.Symbols.SequenceEqual(names))
        {
            throw new FeedException(
                $"this Redis holds a generated market of seed {anchor.Seed} and edge {anchor.Edge} with "
                + $"{string.Join(",", anchor.Symbols)}, asked for is seed {settings.Seed} and edge {settings.Edge} "
                + $"with {string.Join(",", names)}: ask for the same, or use an empty Redis.");
        }
        else
        {
            log.LogInformation("the generated market of seed {Seed} goes on", anchor.Seed);
        }

        // In real time what was missed is told as closed candles; a tape goes on with all of it.
        var liveFromMs = settings.IsTape ? anchor.LiveFromMs : Math.Max(anchor.LiveFromMs, fresh.LiveFromMs);
        long? endMs = settings.Days is { } days ? anchor.LiveFromMs + (long)(days * MsPerDay) : null;
        return new GeneratedFeed(new GeneratedSettings
        {
            Seed = anchor.Seed, AnchorMs = anchor.AnchorMs, LiveFromMs = liveFromMs,
            EndMs = settings.ToMs is { } to && !(to > endMs) ? to : endMs,
            Symbols = [.. anchor.Symbols.Select(Symbol.Parse)],
            Edge = anchor.Edge,
        });
    }
}
