using Quantum.Contracts.Units;

namespace Quantum.Roles.Governance;

/// <summary>
/// The policy table (domain facts 7.3; exposure shares per symbol from 7.2, gross as six to seven symbols of them) and
/// when governance trips.
/// </summary>
public sealed record GovernanceSettings
{
    public RiskLimits Normal { get; init; } = new()
    {
        MaxLeverage = 5, MaxGrossExposureFraction = 1.5, MaxSymbolExposureFraction = 0.25, RiskPerTradeFraction = 0.015,
        DailyLossLimitFraction = 0.05, MaxPositions = 30, MinConfidence = 0.50,
    };

    public RiskLimits Aggressive { get; init; } = new()
    {
        MaxLeverage = 7, MaxGrossExposureFraction = 2.5, MaxSymbolExposureFraction = 0.35, RiskPerTradeFraction = 0.03,
        DailyLossLimitFraction = 0.06, MaxPositions = 15, MinConfidence = 0.45,
    };

    /// <summary>Also in force on halt, where no entry is allowed anyway.</summary>
    public RiskLimits Defensive { get; init; } = new()
    {
        MaxLeverage = 3, MaxGrossExposureFraction = 0.75, MaxSymbolExposureFraction = 0.15,
        RiskPerTradeFraction = 0.0075,
        DailyLossLimitFraction = 0.03, MaxPositions = 10, MinConfidence = 0.60,
    };

    /// <summary>The only symbols that may be entered; empty allows every symbol of the feed.</summary>
    public IReadOnlyList<Symbol> AllowedSymbols { get; init; } = [];

    /// <summary>Loss since UTC midnight over equity for defensive, above 0; the mode's daily limit halts.</summary>
    public double DailyDrawdownDefensiveFraction { get; init; } = 0.02;

    /// <summary>Loss since the peak over the peak for defensive, above 0.</summary>
    public double PeakDrawdownDefensiveFraction { get; init; } = 0.10;

    /// <summary>Loss since the peak over the peak that halts until a person resets, above the defensive one.</summary>
    public double PeakDrawdownHaltFraction { get; init; } = 0.20;

    /// <summary>Losing trades in a row for defensive, from 1.</summary>
    public int LossStreakDefensive { get; init; } = 5;

    /// <summary>Losing trades in a row that halt, above the defensive number.</summary>
    public int LossStreakHalt { get; init; } = 10;

    /// <summary>Age of the portfolio's word for defensive, ms, above 0.</summary>
    public long StaleDefensiveMs { get; init; } = 120_000;

    /// <summary>Age of the portfolio's word that halts, ms, above the defensive one.</summary>
    public long StaleHaltMs { get; init; } = 300_000;

    /// <summary>
    /// Staleness must last this long by our own clock, ms, from 0: after a pause of ours the news is only unread.
    /// </summary>
    public long StaleConfirmMs { get; init; } = 10_000;

    /// <summary>Venue differences adopted since UTC midnight for defensive, from 1.</summary>
    public int AdjustmentsDefensive { get; init; } = 1;

    /// <summary>
    /// Venue differences adopted since UTC midnight that halt until a person resets, above the defensive number.
    /// </summary>
    public int AdjustmentsHalt { get; init; } = 3;

    /// <summary>
    /// Gross exposure over the mode's limit for defensive, above 1: prices may carry it a little over.
    /// </summary>
    public double ExposureToleranceFactor { get; init; } = 1.25;

    /// <summary>Confidence from which a volatile market is defensive, 0 to 1.</summary>
    public double VolatileConfidence { get; init; } = 0.7;

    /// <summary>A trip holds at least this long after its cause is gone, ms, from 0.</summary>
    public long CooldownMs { get; init; } = 900_000;

    /// <summary>Which findings of the audit halt.</summary>
    public HaltSettings Halts { get; init; } = new();

    /// <summary>The defaults in real time, or where a recording is played.</summary>
    public static GovernanceSettings For(bool isTape) =>
        new() { Halts = new HaltSettings { OnFindings = !isTape } };

    /// <summary>The limits of a mode.</summary>
    public RiskLimits Of(RiskMode mode) => mode switch
    {
        RiskMode.Normal => Normal,
        RiskMode.Aggressive => Aggressive,
        _ => Defensive,
    };

    /// <summary>Throws an <see cref="ArgumentException"/> that names what is impossible.</summary>
    public GovernanceSettings Checked()
    {
        Normal.Check(nameof(Normal));
        Aggressive.Check(nameof(Aggressive));
        Defensive.Check(nameof(Defensive));
        Want(DailyDrawdownDefensiveFraction > 0, nameof(DailyDrawdownDefensiveFraction), "above 0");
        Want(PeakDrawdownDefensiveFraction > 0, nameof(PeakDrawdownDefensiveFraction), "above 0");
        Want(PeakDrawdownHaltFraction > PeakDrawdownDefensiveFraction, nameof(PeakDrawdownHaltFraction),
            "above PeakDrawdownDefensiveFraction");
        Want(LossStreakDefensive >= 1, nameof(LossStreakDefensive), "1 or more");
        Want(LossStreakHalt > LossStreakDefensive, nameof(LossStreakHalt), "above LossStreakDefensive");
        Want(StaleDefensiveMs > 0, nameof(StaleDefensiveMs), "above 0");
        Want(StaleHaltMs > StaleDefensiveMs, nameof(StaleHaltMs), "above StaleDefensiveMs");
        Want(StaleConfirmMs >= 0, nameof(StaleConfirmMs), "0 or more");
        Want(AdjustmentsDefensive >= 1, nameof(AdjustmentsDefensive), "1 or more");
        Want(AdjustmentsHalt > AdjustmentsDefensive, nameof(AdjustmentsHalt), "above AdjustmentsDefensive");
        Want(ExposureToleranceFactor > 1, nameof(ExposureToleranceFactor), "above 1");
        Want(VolatileConfidence is >= 0 and <= 1, nameof(VolatileConfidence), "0 to 1");
        Want(CooldownMs >= 0, nameof(CooldownMs), "0 or more");
        Halts.Check();
        return this;
    }

    private static void Want(bool fits, string name, string mend)
    {
        if (!fits) throw new ArgumentException($"governance setting {name} is impossible: give {mend}.");
    }
}
