using System.Globalization;
using System.Numerics;
using Quantum.Contracts.Units;
using Quantum.Feeds;
using Quantum.Feeds.Generated;
using Quantum.Feeds.Recorded;

namespace Quantum.Market;

/// <summary>Where the market comes from.</summary>
public enum FeedKind { Generated, Recorded }

/// <summary>The settings section <c>Feed</c>; each wrong value gives one line that names it and the mend.</summary>
public sealed record FeedSettings
{
    public const string Section = "Feed";

    /// <summary>Recorded when a path is given, else generated, unless <c>Feed:Kind</c> says so.</summary>
    public required FeedKind Kind { get; init; }

    /// <summary>Recorded: a file or folder.</summary>
    public string? Path { get; init; }

    /// <summary>Empty: all of the files, or the generator's default ones.</summary>
    public IReadOnlyList<Symbol> Symbols { get; init; } = [];

    /// <summary>
    /// Recorded: length of the candles that are told and traded on, ms; null: that of the recording, a minute at least.
    /// </summary>
    public long? IntervalMs { get; init; }

    /// <summary>Recorded: names of the columns of CSV exports; null: the usual ones.</summary>
    public ColumnNames? Columns { get; init; }

    /// <summary>Tape time over real time, above 0; null: as fast as the readers can (<c>max</c>).</summary>
    public double? Speed { get; init; } = 1;

    /// <summary>Generated: the seed of the path.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Generated: what its planted momentum is worth, 0 to 10; 0 leaves nothing to be learnt.</summary>
    public double Edge { get; init; } = GeneratedSettings.UsualEdge;

    /// <summary>Candles told before the start for warm-up, 0 to 1,000,000.</summary>
    public int HistoryCandles { get; init; } = 1_500;

    /// <summary>Start, UTC epoch ms, inclusive.</summary>
    public long? FromMs { get; init; }

    /// <summary>End, UTC epoch ms, exclusive.</summary>
    public long? ToMs { get; init; }

    /// <summary>Days from the start that are played, above 0; null: all.</summary>
    public double? Days { get; init; }

    /// <summary>The host ends with exit code 0 at the end of the tape, instead of staying idle.</summary>
    public bool ExitAtEnd { get; init; }

    /// <summary>
    /// True when the tape's time is the system's time: recorded at any speed, and generated at another speed than real
    /// time.
    /// </summary>
    public bool IsTape => Kind == FeedKind.Recorded || Speed is not 1;

    /// <summary>Reads the section; throws <see cref="FeedException"/>.</summary>
    public static FeedSettings Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection(Section);
        var path = Text(section, "Path");
        var settings = new FeedSettings
        {
            Kind = KindOf(Text(section, "Kind"), path),
            Path = path,
            Symbols = SymbolsOf(Text(section, "Symbols")),
            IntervalMs = IntervalOf(Text(section, "Interval")),
            Columns = Text(section, "Columns") is { } columns ? ColumnNames.Parse(columns) : null,
            Speed = SpeedOf(Text(section, "Speed")),
            Seed = Number<ulong>(section, "Seed", "a whole number from 0") ?? 1,
            Edge = Number<double>(section, "Edge", "a number from 0 to 10") ?? GeneratedSettings.UsualEdge,
            HistoryCandles = Number<int>(section, "HistoryCandles", "a whole number from 0 to 1000000") ?? 1_500,
            FromMs = TimeOf(section, "From"),
            ToMs = TimeOf(section, "To"),
            Days = Number<double>(section, "Days", "a number above 0"),
            ExitAtEnd = Flag(section, "ExitAtEnd"),
        };
        settings.Check();
        return settings;
    }

    private void Check()
    {
        if (Kind == FeedKind.Recorded && Path is null)
            throw new FeedException("Feed:Kind is recorded, but Feed:Path is missing: name a file or folder (--data).");
        if (Kind == FeedKind.Generated && Path is not null)
        {
            throw new FeedException(
                $"Feed:Kind is generated, but Feed:Path is '{Path}': remove one of the two.");
        }

        if (Kind == FeedKind.Generated && (IntervalMs ?? CandleInterval.MinuteMs) != CandleInterval.MinuteMs)
        {
            throw new FeedException(
                $"Feed:Interval is {CandleInterval.NameOf(IntervalMs!.Value)}, but a generated market has 1m candles: "
                + "remove it, or play a recording.");
        }

        if (!(Edge is >= 0 and <= GeneratedSettings.MostEdge))
            throw new FeedException($"Feed:Edge is {Edge}: use 0 to {GeneratedSettings.MostEdge}.");
        if (HistoryCandles is < 0 or > 1_000_000)
            throw new FeedException($"Feed:HistoryCandles is {HistoryCandles}: use 0 to 1000000.");
        if (Days is { } days && !(days > 0 && days <= 36_500))
            throw new FeedException($"Feed:Days is {days}: use a number above 0, at most 36500.");
        if (FromMs >= ToMs)
            throw new FeedException("Feed:From is not before Feed:To: swap or widen them.");
        if (Kind == FeedKind.Generated)
        {
            foreach (var symbol in Symbols) GeneratedSymbol.Find(symbol);
        }
    }

    private static string? Text(IConfigurationSection section, string name) =>
        string.IsNullOrWhiteSpace(section[name]) ? null : section[name]!.Trim();

    private static FeedKind KindOf(string? text, string? path) => text?.ToLowerInvariant() switch
    {
        null => path is null ? FeedKind.Generated : FeedKind.Recorded,
        "recorded" => FeedKind.Recorded,
        "generated" => FeedKind.Generated,
        _ => throw new FeedException($"Feed:Kind is '{text}': use recorded or generated."),
    };

    private static Symbol[] SymbolsOf(string? text)
    {
        if (text is null) return [];
        var symbols = new SortedSet<Symbol>();
        foreach (var part in text.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Symbol.TryParse(part.ToUpperInvariant(), out var symbol))
            {
                throw new FeedException(
                    $"Feed:Symbols holds '{part}', which is no symbol ({Symbol.Rule}): use names like BTCUSDT, "
                    + "separated by commas.");
            }

            symbols.Add(symbol);
        }

        return [.. symbols];
    }

    private static long? IntervalOf(string? text) => text is null ? null : CandleInterval.Of(text)
        ?? throw new FeedException($"Feed:Interval is '{text}': use {CandleInterval.Names}.");

    private static double? SpeedOf(string? text)
    {
        if (text is null) return 1;
        if (text.Equals("max", StringComparison.OrdinalIgnoreCase)) return null;
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var speed);
        return isNumber && speed > 0 && double.IsFinite(speed)
            ? speed
            : throw new FeedException($"Feed:Speed is '{text}': use max, or a number above 0 (1 is real time).");
    }

    private static long? TimeOf(IConfigurationSection section, string name)
    {
        var text = Text(section, name);
        if (text is null) return null;
        return FeedTime.TryParse(text, out var atMs)
            ? atMs
            : throw new FeedException(
                $"Feed:{name} is '{text}', which is no time between 2009 and 2100: write ISO such as 2025-12-05 or "
                + "2025-12-05 12:00:00 (UTC).");
    }

    private static TNumber? Number<TNumber>(IConfigurationSection section, string name, string expected)
        where TNumber : struct, INumberBase<TNumber>
    {
        var text = Text(section, name);
        if (text is null) return null;
        return TNumber.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FeedException($"Feed:{name} is '{text}': use {expected}.");
    }

    private static bool Flag(IConfigurationSection section, string name) =>
        Text(section, name)?.ToLowerInvariant() switch
    {
        null or "false" or "0" => false,
        "true" or "1" => true,
        var text => throw new FeedException($"Feed:{name} is '{text}': use true or false."),
    };
}
