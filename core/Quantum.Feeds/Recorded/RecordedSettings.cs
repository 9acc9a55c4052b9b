namespace Quantum.Feeds.Recorded;

/// <summary>Which part of which files a recorded feed plays.</summary>
public sealed record RecordedSettings
{
    /// <summary>A file, or a folder with one or more files per symbol, also in folders below it.</summary>
    public required string Path { get; init; }

    /// <summary>Only these; empty: every symbol that the files hold.</summary>
    public IReadOnlyList<Symbol> Symbols { get; init; } = [];

    /// <summary>Start of what is played, UTC epoch ms, inclusive; null: the start of the files.</summary>
    public long? FromMs { get; init; }

    /// <summary>End of what is played, UTC epoch ms, exclusive; null: the end of the files.</summary>
    public long? ToMs { get; init; }

    /// <summary>Candles before <see cref="FromMs"/> that are told without ticks, for warm-up, 0 or more.</summary>
    public int HistoryCandles { get; init; }

    /// <summary>
    /// Length of the candles that are told, ms, a multiple of those of the files; null: theirs, and a minute when
    /// theirs are shorter.
    /// </summary>
    public long? IntervalMs { get; init; }

    /// <summary>
    /// Longest step in which the path inside a candle is walked where something is at stake, fraction of price, above 0
    /// to 0.01; 5 bps.
    /// </summary>
    public decimal PathStepFraction { get; init; } = 0.0005m;

    /// <summary>Names of the columns of CSV exports; null: the usual ones.</summary>
    public ColumnNames? Columns { get; init; }

    /// <summary>Whether files of an archive that cannot be read are left out, instead of ending the start.</summary>
    public bool SkipBroken { get; init; }

    /// <summary>
    /// Whether the candles are held in memory once they are read, 20 bytes each, up to 256 MB: for whoever plays them
    /// at once, or more than once.
    /// </summary>
    public bool HoldsRows { get; init; }

    /// <summary>Told once per gap while the files are checked.</summary>
    public Action<TapeGap>? OnGap { get; init; }

    /// <summary>Told what is left out, taken once or cut off, while the files are checked.</summary>
    public Action<TapeNotice>? OnNotice { get; init; }
}

/// <summary>A hole in the tape of one symbol.</summary>
/// <param name="Symbol">Whose.</param>
/// <param name="FromMs">Where the first missing candle begins, UTC epoch ms.</param>
/// <param name="ToMs">Where the next candle begins, UTC epoch ms.</param>
/// <param name="MissingCandles">How many are missing, from 1.</param>
public sealed record TapeGap(Symbol Symbol, long FromMs, long ToMs, long MissingCandles)
{
    public override string ToString() =>
        $"{Symbol}: {MissingCandles} candle(s) missing from {CandleInterval.TimeText(FromMs)} "
        + $"to {CandleInterval.TimeText(ToMs)}";
}
