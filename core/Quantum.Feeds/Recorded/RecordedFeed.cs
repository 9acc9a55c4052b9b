using Quantum.Feeds.Files;

namespace Quantum.Feeds.Recorded;

/// <summary>
/// Opens recorded market data, a folder with what its folders and zips hold or one file: candles, trades and quotes in
/// the forms of <see cref="TapeForm"/>. Symbols and time are selected first; every selected line is checked before the
/// first event is told.
/// </summary>
public static class RecordedFeed
{
    /// <summary>Throws <see cref="FeedException"/> with one line that names what is wrong and the mend.</summary>
    public static IMarketFeed Open(RecordedSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.FromMs >= settings.ToMs)
        {
            throw new FeedException(
                $"{FeedNames.From} {CandleInterval.TimeText(settings.FromMs.Value)} is not before {FeedNames.To} "
                + $"{CandleInterval.TimeText(settings.ToMs.Value)}: swap or widen them.");
        }

        return Open(settings, RecordedFiles.Find(settings));
    }

    /// <summary>What a recording that is looked at already plays.</summary>
    internal static IMarketFeed Open(RecordedSettings settings, RecordedFiles files)
    {
        if (files.Unused.FirstOrDefault(file => file.IsFault) is { } broken) throw new FeedException(broken.Reason);
        if (files.All.Count == 0) throw Nothing(settings, files);
        CheckKinds(files);
        foreach (var left in files.Unused) settings.OnNotice?.Invoke(new TapeNotice(true, left.Reason));
        return files.All.Any(file => file.IsTicks) ? Ticks(settings, files) : Candles(settings, files);
    }

    /// <summary>Opens the candles of one symbol, by themselves.</summary>
    internal static KlineTrack Track(
        RecordedSettings settings, TapeForm form, Symbol symbol, IReadOnlyList<TapePart> parts,
        HeldRoom? room = null)
    {
        var selection = TapeSelection.Of(settings);
        return KlineTrack.Open(
            symbol,
            [
                .. parts.Select(part => new KlineFile(
                    part, settings.Columns, selection, TapeName.IntervalOf(part, settings.Path), room)),
            ],
            selection,
            // Mark prices are used as they are: none is built from shorter ones.
            form == TapeForm.Candles ? settings.IntervalMs : CandleInterval.DayMs);
    }

    private static CandleFeed Candles(RecordedSettings settings, RecordedFiles files)
    {
        foreach (var wanted in settings.Symbols.Where(wanted => !files.Of(TapeForm.Candles).ContainsKey(wanted)))
            throw Missing(settings, files, wanted);
        var room = settings.HoldsRows ? new HeldRoom() : null;
        var tracks = files.Of(TapeForm.Candles)
            .Select(pair => Track(settings, TapeForm.Candles, pair.Key, pair.Value, room))
            .ToList();
        foreach (var empty in tracks.Where(track => track.Files.Count == 0).ToArray())
        {
            var fault = $"{settings.Path}: holds no candle of {empty.Symbol}";
            if (settings.Symbols.Count > 0 || tracks.Count == 1)
                throw new FeedException($"{fault}; fetch its files again, or correct {FeedNames.Symbols}.");
            tracks.Remove(empty);
        }

        var side = new CandleSides(settings, files, room);
        foreach (var track in tracks)
        {
            foreach (var notice in track.Notes.All())
                settings.OnNotice?.Invoke(notice with { Text = $"{track.Symbol}: {notice.Text}" });
            foreach (var gap in track.Gaps) settings.OnGap?.Invoke(gap);
        }

        return new CandleFeed(settings, Identity(settings, tracks.Select(track => track.Symbol)), [.. tracks], side);
    }

    private static TradeFeed Ticks(RecordedSettings settings, RecordedFiles files)
    {
        foreach (var wanted in settings.Symbols)
        {
            if (!files.All.Any(file => file.Symbol is null || file.Symbol == wanted))
                throw Missing(settings, files, wanted);
        }

        foreach (var side in files.All.Where(file => !file.IsTicks))
            settings.OnNotice?.Invoke(new TapeNotice(true, $"{side.Part}: {side.Form} beside ticks is left out."));
        IEnumerable<Symbol> names = files.All.Any(file => file.Symbol is null)
            ? settings.Symbols
            : files.All.Select(file => file.Symbol!.Value).Distinct().Order();
        return new TradeFeed(settings, Identity(settings, names), TickRuns.Of(settings, files));
    }

    private static void CheckKinds(RecordedFiles files)
    {
        var first = files.All.FirstOrDefault(file => !IsSide(file.Form));
        if (first is null)
        {
            throw new FeedException(
                $"{files.All[0].Part}: holds {files.All[0].Form} alone, of which nothing can be played; add candles.");
        }

        var other = files.All.FirstOrDefault(file => !IsSide(file.Form) && !FitTogether(file.Form, first.Form));
        if (other is null) return;
        throw new FeedException(
            $"{first.Part} holds {first.Form}, {other.Part} holds {other.Form}: "
            + "put them into folders of their own, or name one of them.");
    }

    private static bool IsSide(TapeForm form) => form is TapeForm.MarkCandles or TapeForm.Funding;

    // What tells the same trades twice does not; quotes and tickers go with trades.
    private static bool FitTogether(TapeForm one, TapeForm other) => one == other
        || (one is not (TapeForm.Candles or TapeForm.Capture) && other is not (TapeForm.Candles or TapeForm.Capture)
            && !(IsTrades(one) && IsTrades(other)));

    private static bool IsTrades(TapeForm form) =>
        form is TapeForm.AggTrades or TapeForm.Trades or TapeForm.TardisTrades;

    private static FeedException Missing(RecordedSettings settings, RecordedFiles files, Symbol wanted) => new(
        $"{settings.Path}: there is no file of {wanted}; it has {string.Join(", ", files.There)}: "
        + $"correct {FeedNames.Symbols}.");

    private static FeedException Nothing(RecordedSettings settings, RecordedFiles files)
    {
        if (settings.Symbols.Count > 0 && files.There.Count > 0)
        {
            var wanted = settings.Symbols.Where(symbol => !files.There.Contains(symbol)).ToArray();
            if (wanted.Length > 0) return Missing(settings, files, wanted[0]);
        }

        return files.Unused.Count > 0
            ? new FeedException(files.Unused[0].Reason)
            : new FeedException($"{settings.Path}: holds no recording; {TapeForms.Taken}.");
    }

    private static string Identity(RecordedSettings settings, IEnumerable<Symbol> symbols)
    {
        var interval = settings.IntervalMs is { } ms ? $"|{CandleInterval.NameOf(ms)}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"recorded|{Path.GetFullPath(settings.Path)}|{string.Join(',', symbols)}|{settings.FromMs}|{settings.ToMs}|"
            + $"{settings.HistoryCandles}{interval}");
    }
}
