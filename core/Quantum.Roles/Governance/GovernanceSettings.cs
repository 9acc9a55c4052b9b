namespace Quantum.Roles.Governance;

/// <summary>
/// The policy table (domain facts 7.3; exposure shares per symbol from 7.2, gross as six to seven symbols of them) and
/// when governance trips.
/// </summary>
[Section("Governance")]
public sealed record GovernanceSettings : IValidatableObject
{
    /// <summary>What the mode normal allows.</summary>
    public RiskLimits Normal { get; set; } = new()
    {
        MaxLeverage = 5, MaxGrossExposureFraction = 1.5, MaxSymbolExposureFraction = 0.25, RiskPerTradeFraction = 0.015,
        DailyLossLimitFraction = 0.05, MaxPositions = 30, MinConfidence = 0.50,
    };

    /// <summary>What the mode aggressive allows.</summary>
    public RiskLimits Aggressive { get; set; } = new()
    {
        MaxLeverage = 7, MaxGrossExposureFraction = 2.5, MaxSymbolExposureFraction = 0.35, RiskPerTradeFraction = 0.03,
        DailyLossLimitFraction = 0.06, MaxPositions = 15, MinConfidence = 0.45,
    };

    /// <summary>What the mode defensive allows; also in force on halt, where no entry is allowed anyway.</summary>
    public RiskLimits Defensive { get; set; } = new()
    {
        MaxLeverage = 3, MaxGrossExposureFraction = 0.75, MaxSymbolExposureFraction = 0.15,
        RiskPerTradeFraction = 0.0075,
        DailyLossLimitFraction = 0.03, MaxPositions = 10, MinConfidence = 0.60,
    };

    /// <summary>
    /// The only symbols that may be entered, with a space between; none allows every symbol of the feed.
    /// </summary>
    public string AllowedSymbols { get; set; } = "";

    /// <summary>Loss since UTC midnight over equity for defensive; the mode's daily limit halts.</summary>
    [Above(0)] public double DailyDrawdownDefensiveFraction { get; set; } = 0.02;

    /// <summary>Loss since the peak over the peak for defensive.</summary>
    [Above(0)] public double PeakDrawdownDefensiveFraction { get; set; } = 0.10;

    /// <summary>Loss since the peak over the peak that halts until a person resets.</summary>
    [Above(nameof(PeakDrawdownDefensiveFraction))]
    public double PeakDrawdownHaltFraction { get; set; } = 0.20;

    /// <summary>Losing trades in a row for defensive.</summary>
    [AtLeast(1)] public int LossStreakDefensive { get; set; } = 5;

    /// <summary>Losing trades in a row that halt.</summary>
    [Above(nameof(LossStreakDefensive))] public int LossStreakHalt { get; set; } = 10;

    /// <summary>Age of the portfolio's word for defensive, ms.</summary>
    [Above(0)] public long StaleDefensiveMs { get; set; } = 120_000;

    /// <summary>Age of the portfolio's word that halts, ms.</summary>
    [Above(nameof(StaleDefensiveMs))] public long StaleHaltMs { get; set; } = 300_000;

    /// <summary>
    /// Staleness must last this long by our own clock, ms: after a pause of ours the news is only unread.
    /// </summary>
    [AtLeast(0)] public long StaleConfirmMs { get; set; } = 10_000;

    /// <summary>Venue differences adopted since UTC midnight for defensive.</summary>
    [AtLeast(1)] public int AdjustmentsDefensive { get; set; } = 1;

    /// <summary>Venue differences adopted since UTC midnight that halt until a person resets.</summary>
    [Above(nameof(AdjustmentsDefensive))] public int AdjustmentsHalt { get; set; } = 3;

    /// <summary>Gross exposure over the mode's limit for defensive: prices may carry it a little over.</summary>
    [Above(1)] public double ExposureToleranceFactor { get; set; } = 1.25;

    /// <summary>Confidence from which a volatile market is defensive.</summary>
    [Range(0.0, 1.0)] public double VolatileConfidence { get; set; } = 0.7;

    /// <summary>A trip holds at least this long after its cause is gone, ms.</summary>
    [AtLeast(0)] public long CooldownMs { get; set; } = 900_000;

    /// <summary>Which findings of the audit halt.</summary>
    public HaltSettings Halts { get; set; } = new();

    /// <summary>The defaults in real time, or where a recording is played.</summary>
    public static GovernanceSettings For(bool isTape) =>
        new() { Halts = new HaltSettings { OnFindings = !isTape } };

    /// <summary><see cref="AllowedSymbols"/>, read.</summary>
    internal IEnumerable<Symbol> Allowed => Words.Select(Symbol.Parse);

    private string[] Words => AllowedSymbols.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The limits of a mode.</summary>
    public RiskLimits Of(RiskMode mode) => mode switch
    {
        RiskMode.Normal => Normal,
        RiskMode.Aggressive => Aggressive,
        _ => Defensive,
    };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from word in Words
        where !Symbol.TryParse(word, out _)
        select new ValidationResult($"names '{word}': a symbol is {Symbol.Rule}", [nameof(AllowedSymbols)]);
}
