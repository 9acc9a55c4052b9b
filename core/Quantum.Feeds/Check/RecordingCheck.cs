using Quantum.Feeds.Files;
using Quantum.Feeds.Recorded;

namespace Quantum.Feeds.Check;

/// <summary>Looks at recordings as a run would, without starting one: each symbol and form by itself.</summary>
public static class RecordingCheck
{
    /// <summary>Holes that are listed for one symbol.</summary>
    public const int MostGaps = 20;

    /// <summary>Throws <see cref="FeedException"/> only when the path leads nowhere.</summary>
    public static RecordingReport Look(RecordedSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var files = RecordedFiles.Find(settings);
        ContentReport[] contents =
        [
            .. Candles(settings, files, TapeForm.Candles), .. Candles(settings, files, TapeForm.MarkCandles),
            .. Funding(settings, files), .. Ticks(settings, files),
        ];
        var notices = new List<string>();
        var heard = settings with { OnGap = null, OnNotice = notice => notices.Add(notice.Text) };
        var feed = Guarded.Try(() => RecordedFeed.Open(heard, files), out var fault);
        var told = contents.SelectMany(content => content.Notices).ToHashSet(StringComparer.Ordinal);
        return new RecordingReport(
            Path.GetFullPath(settings.Path), fault?.Message,
            (feed as CandleFeed)?.Interval ?? IntervalOf(settings, feed),
            contents,
            [.. files.Unused.Select(file => new LeftOutFile(file.Part.Name, Reason(file)))],
            [.. notices.Where(text => !told.Any(text.EndsWith) && files.Unused.All(file => file.Reason != text))]);
    }

    private static string? IntervalOf(RecordedSettings settings, IMarketFeed? feed) =>
        feed is null ? null : CandleInterval.NameOf(settings.IntervalMs ?? CandleInterval.MinuteMs);

    private static string Reason(UnusedFile file) =>
        file.Reason.StartsWith(file.Part.Name, StringComparison.Ordinal)
            ? file.Reason[file.Part.Name.Length..].TrimStart(':', ',', ' ') : file.Reason;

    private static IEnumerable<ContentReport> Candles(RecordedSettings settings, RecordedFiles files, TapeForm form)
    {
        foreach (var (symbol, parts) in files.Of(form))
        {
            var report = new ContentReport { Symbol = symbol.Name, Form = form.ToString(), Files = parts.Count };
            var track = Guarded.Try(() => RecordedFeed.Track(settings, form, symbol, parts), out var fault);
            if (track is null)
            {
                yield return report with { Fault = fault!.Message };
                continue;
            }

            var notices = track.Notes.All().ToArray();
            yield return report with
            {
                Interval = CandleInterval.NameOf(track.IntervalMs), Rows = track.Count,
                FromMs = track.Count == 0 ? null : track.FirstMs,
                ToMs = track.Count == 0 ? null : track.LastMs + track.IntervalMs,
                Gaps = track.Gaps.Count, MissingCandles = track.Gaps.Sum(gap => gap.MissingCandles),
                FirstGaps = [.. track.Gaps.Take(MostGaps).Select(gap => gap.ToString())],
                EqualRows = track.Notes.Equal, IsWhole = !notices.Any(notice => notice.IsWarning),
                Notices = [.. notices.Select(notice => notice.Text)],
                Fault = track.Count == 0 ? "holds no candle in the given time" : null,
            };
        }
    }

    private static IEnumerable<ContentReport> Funding(RecordedSettings settings, RecordedFiles files)
    {
        foreach (var (symbol, parts) in files.Of(TapeForm.Funding))
        {
            var notes = new TapeNotes();
            var rows = Guarded.Try(
                () => FundingReader.Read(parts, symbol, TapeSelection.Of(settings), notes), out var fault);
            yield return Noted(
                new ContentReport
                {
                    Symbol = symbol.Name, Form = nameof(TapeForm.Funding), Files = parts.Count,
                    Rows = rows?.Length ?? 0, FromMs = rows is [var first, ..] ? first.AtMs : null,
                    ToMs = rows is [.., var last] ? last.AtMs : null,
                    Fault = fault?.Message,
                },
                notes);
        }
    }

    private static IEnumerable<ContentReport> Ticks(RecordedSettings settings, RecordedFiles files)
    {
        var groups = files.All.Where(file => file.IsTicks).GroupBy(file => (file.Form, file.Symbol));
        foreach (var group in groups.OrderBy(group => group.Key.Symbol).ThenBy(group => group.Key.Form))
        {
            var notes = new TapeNotes();
            var found = new SortedDictionary<Symbol, (long Rows, long FirstMs, long LastMs)>();
            Guarded.Try(
                () =>
                {
                    foreach (var record in TickRuns.Run(group, settings).Read(notes))
                    {
                        var before = found.GetValueOrDefault(record.Symbol, (0, record.AtMs, 0));
                        found[record.Symbol] = (before.Item1 + 1, before.Item2, record.AtMs);
                    }

                    return true;
                },
                out var fault);
            var report = new ContentReport
            {
                Symbol = group.Key.Symbol?.Name ?? "", Form = group.Key.Form.ToString(), Files = group.Count(),
                Fault = fault?.Message,
            };
            if (found.Count == 0)
                yield return Noted(report with { Fault = fault?.Message ?? "holds no row in the given time" }, notes);
            foreach (var (symbol, seen) in found)
            {
                var one = report with { Symbol = symbol.Name, Rows = seen.Rows };
                yield return Noted(one with { FromMs = seen.FirstMs, ToMs = seen.LastMs }, notes);
            }
        }
    }

    private static ContentReport Noted(ContentReport report, TapeNotes notes)
    {
        var notices = notes.All().ToArray();
        return report with
        {
            EqualRows = notes.Equal, IsWhole = !notices.Any(notice => notice.IsWarning),
            Notices = [.. notices.Select(notice => notice.Text)],
        };
    }
}
