using Quantum.Feeds.Generated;
using Quantum.Feeds.Recorded;

namespace Quantum.Feeds;

/// <summary>Where the market comes from.</summary>
public enum FeedKind { Generated, Recorded, Binance }

/// <summary>Which market is told: what <see cref="FeedOptions"/> mean.</summary>
public sealed record FeedSettings
{
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

    /// <summary>Recorded: files of an archive that cannot be read are left out.</summary>
    public bool SkipBroken { get; init; }

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
    public bool IsTape => Kind == FeedKind.Recorded || (Kind == FeedKind.Generated && Speed is not 1);

    /// <summary>
    /// What the options mean; throws <see cref="FeedException"/> with one line that names a wrong value and the mend.
    /// </summary>
    public static FeedSettings Of(FeedOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = new FeedSettings
        {
            Kind = options.Kind ?? (Has(options.Path) ? FeedKind.Recorded : FeedKind.Generated),
            Path = Has(options.Path) ? options.Path!.Trim() : null,
            Symbols = SymbolsOf(options.Symbols),
            IntervalMs = IntervalOf(options.Interval),
            Columns = Has(options.Columns) ? ColumnNames.Parse(options.Columns!) : null,
            SkipBroken = options.SkipBroken,
            Speed = SpeedOf(options.Speed),
            Seed = options.Seed,
            Edge = options.Edge,
            HistoryCandles = options.HistoryCandles,
            FromMs = TimeOf(nameof(options.From), options.From),
            ToMs = TimeOf(nameof(options.To), options.To),
            Days = options.Days,
            ExitAtEnd = options.ExitAtEnd,
        };
        settings.Check();
        return settings;
    }

    private void Check()
    {
        if (Kind == FeedKind.Recorded && Path is null)
            throw new FeedException($"Feed:Kind is recorded, but {FeedNames.Path} is missing: name a file or folder.");
        if (Kind == FeedKind.Generated && Path is not null)
        {
            throw new FeedException(
                $"Feed:Kind is generated, but {FeedNames.Path} is '{Path}': remove one of the two.");
        }

        if (Kind == FeedKind.Generated && (IntervalMs ?? CandleInterval.MinuteMs) != CandleInterval.MinuteMs)
        {
            throw new FeedException(
                $"{FeedNames.Interval} is {CandleInterval.NameOf(IntervalMs!.Value)}, but a generated market has 1m "
                + "candles: remove it, or play a recording.");
        }

        if (Kind == FeedKind.Binance) CheckLive();
        if (FromMs >= ToMs)
            throw new FeedException($"{FeedNames.From} is not before {FeedNames.To}: swap or widen them.");
        if (Kind == FeedKind.Generated)
        {
            foreach (var symbol in Symbols) GeneratedSymbol.Find(symbol);
        }
    }

    private void CheckLive()
    {
        var ofRecording = Path is not null ? nameof(Path)
            : FromMs is not null ? "From"
            : ToMs is not null ? "To"
            : Days is not null ? nameof(Days)
            : Columns is not null ? nameof(Columns)
            : ExitAtEnd ? nameof(ExitAtEnd)
            : Speed is not 1 ? nameof(Speed) : null;
        if (ofRecording is not null)
        {
            throw new FeedException(
                $"Feed:Kind is binance, and {FeedNames.Of("Feed:" + ofRecording)} is for a recording: remove one of "
                + "the two.");
        }

        if (Symbols.Count == 0)
        {
            throw new FeedException(
                $"Feed:Kind is binance, but {FeedNames.Symbols} is missing: name what is traded, BTCUSDT,ETHUSDT.");
        }
    }

    private static bool Has(string? text) => !string.IsNullOrWhiteSpace(text);

    private static Symbol[] SymbolsOf(string text)
    {
        var symbols = new SortedSet<Symbol>();
        foreach (var part in text.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Symbol.TryParse(part.ToUpperInvariant(), out var symbol))
                throw Wrong("Symbols", $"holds '{part}', which is no symbol", Symbol.Rule);
            symbols.Add(symbol);
        }

        return [.. symbols];
    }

    private static long? IntervalOf(string? text) => !Has(text) ? null : CandleInterval.Of(text!.Trim())
        ?? throw Wrong("Interval", $"is '{text}'", CandleInterval.Names);

    private static double? SpeedOf(string? text)
    {
        if (!Has(text)) return 1;
        if (text!.Trim().Equals("max", StringComparison.OrdinalIgnoreCase)) return null;
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var speed);
        return isNumber && speed > 0 && double.IsFinite(speed)
            ? speed
            : throw Wrong("Speed", $"is '{text}'", "max, or a number above 0 (1 is real time)");
    }

    private static long? TimeOf(string name, string? text)
    {
        if (!Has(text)) return null;
        return FeedTime.TryParse(text!.Trim(), out var atMs)
            ? atMs
            : throw Wrong(name, $"is '{text}', which is no time between 2009 and 2100",
                "ISO such as 2025-12-05 or 2025-12-05 12:00:00 (UTC)");
    }

    private static FeedException Wrong(string name, string value, string mend) =>
        new(SettingsCheck.Line($"Feed:{name}", value, mend));
}
