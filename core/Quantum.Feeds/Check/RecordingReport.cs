namespace Quantum.Feeds.Check;

/// <summary>What a folder of recordings holds, and whether a run would play it.</summary>
/// <param name="Path">The folder or file, whole.</param>
/// <param name="Refusal">What the start would say instead of playing it; null when it plays.</param>
/// <param name="Interval">Length of the candles that a run trades on; null when it does not play.</param>
/// <param name="Contents">One for each form of each symbol.</param>
/// <param name="LeftOut">Files that are not played, each with the reason.</param>
/// <param name="Notices">What else a user should know, a line each; those that begin with a path name it.</param>
public sealed record RecordingReport(
    string Path, string? Refusal, string? Interval, IReadOnlyList<ContentReport> Contents,
    IReadOnlyList<LeftOutFile> LeftOut, IReadOnlyList<string> Notices)
{
    /// <summary>True when all of it plays.</summary>
    public bool IsGood => Refusal is null && LeftOut.Count == 0 && Contents.All(content => content is { Fault: null,
        IsWhole: true });
}

/// <summary>A file that is not played.</summary>
/// <param name="File">Its path, with the entry when it is in a zip.</param>
/// <param name="Reason">Why, with the mend.</param>
public sealed record LeftOutFile(string File, string Reason);

/// <summary>One form of one symbol.</summary>
public sealed record ContentReport
{
    public required string Symbol { get; init; }

    public required string Form { get; init; }

    /// <summary>Length of the candles; null for what comes by itself.</summary>
    public string? Interval { get; init; }

    /// <summary>From 1.</summary>
    public required int Files { get; init; }

    /// <summary>Rows or frames that are played, 0 or more.</summary>
    public long Rows { get; init; }

    /// <summary>UTC epoch ms; null when there is no row.</summary>
    public long? FromMs { get; init; }

    /// <summary>End of the last candle, or the last row, UTC epoch ms; null when there is no row.</summary>
    public long? ToMs { get; init; }

    public string? From => Text(FromMs);

    public string? To => Text(ToMs);

    /// <summary>Holes, 0 or more.</summary>
    public int Gaps { get; init; }

    /// <summary>Candles missing in them, 0 or more.</summary>
    public long MissingCandles { get; init; }

    /// <summary>The holes, at most <see cref="RecordingCheck.MostGaps"/>.</summary>
    public IReadOnlyList<string> FirstGaps { get; init; } = [];

    /// <summary>Rows that are there twice and equal, taken once, 0 or more.</summary>
    public long EqualRows { get; init; }

    /// <summary>False when something of it is left out.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>What is noticed, a line each.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>Why it would be refused, with place, value and mend; null when it would not.</summary>
    public string? Fault { get; init; }

    private static string? Text(long? atMs) => atMs is not { } ms ? null
        : DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'",
            CultureInfo.InvariantCulture);
}
