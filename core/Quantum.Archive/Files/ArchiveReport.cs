namespace Quantum.Archive.Files;

/// <summary>What an archive holds: its streams with days, entries and what is missing.</summary>
public sealed record ArchiveReport
{
    /// <summary>The folder.</summary>
    public required string Path { get; init; }

    /// <summary>What it is of; null when nothing says so.</summary>
    public ArchiveFacts? Facts { get; init; }

    /// <summary>By name.</summary>
    public required IReadOnlyList<StreamHolding> Streams { get; init; }

    /// <summary>Files that are no whole archive files, a line each.</summary>
    public required IReadOnlyList<string> Broken { get; init; }

    /// <summary>True when candles or trades are in it.</summary>
    public bool HasMarket => Streams.Any(stream =>
        stream.Name == StreamCatalog.MarketKlines.Name || stream.Name == StreamCatalog.MarketTick.Name);

    /// <summary>Looks at the files' names, and opens each once.</summary>
    public static ArchiveReport Of(string path)
    {
        var archive = new ArchiveFolder(path);
        var broken = new List<string>();
        return new ArchiveReport
        {
            Path = archive.Root, Facts = archive.Facts(),
            Streams = [.. archive.Streams.Select(stream => Of(stream, broken)).OfType<StreamHolding>()],
            Broken = broken,
        };
    }

    private static StreamHolding? Of(ArchiveStream stream, List<string> broken)
    {
        var days = stream.Days;
        var parts = days.SelectMany(stream.PartsOf).ToArray();
        foreach (var part in parts)
        {
            try
            {
                stream.FactsOf(part);
            }
            catch (ArchiveException fault)
            {
                broken.Add(fault.Message);
            }
        }

        var gaps = stream.Gaps();
        return parts.Length == 0 && gaps.Count == 0 ? null : new StreamHolding(
            stream.Name, days.Count, days.Count > 0 ? days[0] : null, days.Count > 0 ? days[^1] : null, parts.Length,
            parts.Sum(part => part.Count), parts.Sum(part => new FileInfo(part.Path).Length),
            gaps.Sum(gap => gap.Count ?? 0), [.. gaps.Select(gap => gap.ToString())]);
    }
}
