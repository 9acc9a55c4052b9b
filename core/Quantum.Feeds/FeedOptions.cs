using System.ComponentModel.DataAnnotations;
using Quantum.Feeds.Generated;

namespace Quantum.Feeds;

/// <summary>Which market is told, as it is set; <see cref="FeedSettings"/> is what it means.</summary>
[Section("Feed")]
public sealed record FeedOptions
{
    /// <summary>
    /// Where the market comes from: binance is its live market; recorded when a path is given, else generated.
    /// </summary>
    public FeedKind? Kind { get; set; }

    /// <summary>Recorded: a file or folder.</summary>
    public string? Path { get; set; }

    /// <summary>
    /// Names like BTCUSDT, with commas between; none: all of the files, or the generator's own. A live market has none.
    /// </summary>
    public string Symbols { get; set; } = "";

    /// <summary>
    /// Recorded: length of the candles that are told and traded on, 1s to 1d; not set: the recording's, a minute at
    /// least.
    /// </summary>
    public string? Interval { get; set; }

    /// <summary>Recorded: columns of CSV exports, <c>time=Date,open=First</c>; not set: the usual ones.</summary>
    public string? Columns { get; set; }

    /// <summary>Recorded: whether files of an archive that cannot be read are left out.</summary>
    public bool SkipBroken { get; set; }

    /// <summary>Tape time over real time, above 0, or <c>max</c>: as fast as the readers can.</summary>
    public string Speed { get; set; } = "1";

    /// <summary>Generated: the seed of the path.</summary>
    [AtLeast(0)] public ulong Seed { get; set; } = 1;

    /// <summary>Generated: what the planted momentum is worth, in costs of a round trip; 0: none.</summary>
    [Range(0.0, GeneratedSettings.MostEdge)] public double Edge { get; set; } = GeneratedSettings.UsualEdge;

    /// <summary>Candles told before the start for warm-up.</summary>
    [Range(0, 1_000_000)] public int HistoryCandles { get; set; } = 1_500;

    /// <summary>Start, inclusive, ISO such as 2025-12-05 or 2025-12-05 12:00:00 (UTC); not set: of the files.</summary>
    public string? From { get; set; }

    /// <summary>End, exclusive, in the same form; not set: of the files.</summary>
    public string? To { get; set; }

    /// <summary>Days from the start that are played; not set: all.</summary>
    [Range(0.0, 36_500.0, MinimumIsExclusive = true)] public double? Days { get; set; }

    /// <summary>Whether the service ends with exit code 0 at the end of the tape, instead of staying idle.</summary>
    public bool ExitAtEnd { get; set; }
}
