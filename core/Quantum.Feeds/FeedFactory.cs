using Quantum.Feeds.Generated;
using Quantum.Feeds.Recorded;

namespace Quantum.Feeds;

/// <summary>Makes the feed that the settings ask for, where the last run left it.</summary>
public static class FeedFactory
{
    private const double MsPerDay = 86_400_000;
    private const int GapLines = 20;

    /// <param name="settings">What is asked for.</param>
    /// <param name="nowMs">UTC epoch ms.</param>
    /// <param name="tell">Told gaps, what is left out, and what a generated market goes on with.</param>
    /// <param name="store">Where a generated market's anchor is kept; null: it begins anew at every start.</param>
    /// <param name="onGap">Told every gap of a recording.</param>
    /// <param name="holdsRows">Whether a recording's candles are held in memory.</param>
    public static IMarketFeed Create(
        FeedSettings settings, long nowMs, Action<TapeNotice> tell, IAnchorStore? store = null,
        Action<TapeGap>? onGap = null, bool holdsRows = false)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(tell);
        return settings.Kind switch
        {
            FeedKind.Recorded => Recorded(settings, tell, onGap, holdsRows),
            FeedKind.Generated => Generated(settings, store, nowMs, tell),
            _ => throw new FeedException($"Feed:Kind is {settings.Kind}, whose market only the market service hears."),
        };
    }

    private static IMarketFeed Recorded(
        FeedSettings settings, Action<TapeNotice> tell, Action<TapeGap>? onGap, bool holdsRows)
    {
        var gaps = new List<TapeGap>();
        var notices = new List<TapeNotice>();
        var recorded = new RecordedSettings
        {
            Path = settings.Path!, Symbols = settings.Symbols, FromMs = settings.FromMs, ToMs = settings.ToMs,
            HistoryCandles = settings.FromMs is null ? 0 : settings.HistoryCandles,
            SkipBroken = settings.SkipBroken,
            IntervalMs = settings.IntervalMs, Columns = settings.Columns, OnGap = gaps.Add, OnNotice = notices.Add,
        };
        var feed = RecordedFeed.Open(recorded with { HoldsRows = holdsRows && settings.Days is null });
        if (settings.Days is { } days)
        {
            gaps.Clear();
            notices.Clear();
            var limitMs = (settings.FromMs ?? feed.FirstMs!.Value) + (long)(days * MsPerDay);
            feed = RecordedFeed.Open(recorded with
            {
                ToMs = Math.Min(limitMs, settings.ToMs ?? long.MaxValue), HoldsRows = holdsRows,
            });
        }

        if (onGap is not null) gaps.ForEach(onGap);
        foreach (var gap in gaps.Take(GapLines)) tell(new(true, $"gap in the tape: {gap}; no signal across it"));
        if (gaps.Count > GapLines)
            tell(new(true, FormattableString.Invariant($"{gaps.Count - GapLines} more gaps in the tape")));
        notices.ForEach(tell);
        return feed;
    }

    private static GeneratedFeed Generated(
        FeedSettings settings, IAnchorStore? store, long nowMs, Action<TapeNotice> tell)
    {
        var symbols = settings.Symbols.Count > 0 ? settings.Symbols : GeneratedSymbol.Defaults;
        var fresh = GeneratedSettings.StartingAt(settings.FromMs ?? nowMs, settings.HistoryCandles, settings.Seed);
        var names = symbols.Select(symbol => symbol.Name).ToArray();
        var anchor = store?.ReadAnchor();
        if (anchor is null)
        {
            anchor = new FeedAnchor(fresh.Seed, fresh.AnchorMs, fresh.LiveFromMs, names, settings.Edge);
            store?.WriteAnchor(anchor);
        }
        else if (anchor.Seed != settings.Seed || anchor.Edge != settings.Edge || !anchor.Symbols.SequenceEqual(names))
        {
            throw new FeedException(
                $"this Redis holds a generated market of seed {anchor.Seed} and edge {anchor.Edge} with "
                + $"{string.Join(",", anchor.Symbols)}, asked for is seed {settings.Seed} and edge {settings.Edge} "
                + $"with {string.Join(",", names)}: ask for the same, or use an empty Redis "
                + $"({PlainSettings.EmptyRedis}).");
        }
        else
        {
            tell(new(false, FormattableString.Invariant($"the generated market of seed {anchor.Seed} goes on")));
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
