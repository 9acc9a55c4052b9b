using Quantum.Archive.Files;
using Quantum.Feeds.Check;

namespace Quantum.Cli.Recordings;

/// <summary>What an archive holds, as a table and lines below it.</summary>
internal static class ArchiveText
{
    private const int MostLines = 20;

    public static void Write(
        ArchiveReport report, RecordingReport? market, IReadOnlyList<string> notices, TextWriter target)
    {
        target.WriteLine($"{report.Path}: {report.Facts?.ToString() ?? "an archive that says not of what"}");
        ShownText.Table(target,
        [
            ["stream", "days", "from", "to", "files", "entries", "MB", "gaps", "missing"],
            .. report.Streams.Select(stream => (string[])
            [
                stream.Name, ShownText.Number(stream.Days), Day(stream.FirstDay), Day(stream.LastDay),
                ShownText.Number(stream.Files), ShownText.Number(stream.Entries),
                (stream.Bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture),
                ShownText.Number(stream.Gaps.Count), ShownText.Number(stream.Missing),
            ]),
        ]);
        foreach (var line in report.Broken.Take(MostLines)) target.WriteLine($"BROKEN {line}");
        foreach (var stream in report.Streams)
            foreach (var gap in stream.Gaps.Take(MostLines)) target.WriteLine($"gap: {stream.Name}: {gap}");
        foreach (var notice in notices.Take(MostLines)) target.WriteLine($"note: {notice}");
        if (market is null) target.WriteLine("It holds no market that could be played.");
        else RecordingText.Write(market, target, null);
    }

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
