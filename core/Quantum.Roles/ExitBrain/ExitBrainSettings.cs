using Quantum.Contracts.Units;
using Quantum.Roles.Ilf;
using Quantum.Roles.Symbols;

namespace Quantum.Roles.ExitBrain;

/// <summary>How ExitBrain plans and guards positions.</summary>
public sealed record ExitBrainSettings
{
    /// <summary>
    /// What is known of the symbols: no part of a plan is below their least quantity. Null knows nothing.
    /// </summary>
    public SymbolFilterBook? Symbols { get; init; }

    /// <summary>Position in the direction of a bull or bear market.</summary>
    public ExitProfile WithTrend { get; init; } = ExitProfiles.Trend;

    /// <summary>Position against a bull or bear market: what is there is taken soon.</summary>
    public ExitProfile AgainstTrend { get; init; } = ExitProfiles.Chop;

    public ExitProfile InRange { get; init; } = ExitProfiles.Range;
    public ExitProfile InVolatile { get; init; } = ExitProfiles.Volatile;
    public ExitProfile InUncertain { get; init; } = ExitProfiles.Normal;

    /// <summary>No regime is known.</summary>
    public ExitProfile InUnknown { get; init; } = ExitProfiles.Adaptive;

    /// <summary>Distances the adaptive levels start from.</summary>
    public LevelBases Levels { get; init; } = LevelBases.Default;

    /// <summary>A position is closed when held this long, ms, above 0; 24 h.</summary>
    public long MaxHoldMs { get; init; } = 86_400_000;

    /// <summary>An exit is never executed later than this after its publication, ms, above 0.</summary>
    public long ExitDeadlineMs { get; init; } = 30_000;

    /// <summary>
    /// An intent without a result is given up this long after its deadline, ms, from 0: its order may still fill.
    /// </summary>
    public long ResultGraceMs { get; init; } = 10_000;

    /// <summary>Pause after an intent that did not succeed, ms, above 0.</summary>
    public long RetryAfterMs { get; init; } = 5_000;

    /// <summary>
    /// Refusals after which a target's share joins the next one, from 1: it may be too small for the venue.
    /// </summary>
    public int MaxTargetRefusals { get; init; } = 3;

    /// <summary>
    /// A resting stop has this long to act once the price is beyond it, ms, from 0; then we close ourselves.
    /// </summary>
    public long StopGraceMs { get; init; } = 5_000;

    /// <summary>A price older than this decides nothing, ms, above 0.</summary>
    public long PriceStaleAfterMs { get; init; } = 10_000;

    /// <summary>A venue comparison older than this is unknown, ms, above 0.</summary>
    public long VenueStaleAfterMs { get; init; } = 60_000;

    /// <summary>A price farther than this from the venues' fresh mid decides nothing, fraction, above 0.</summary>
    public decimal MaxPriceDeviationFraction { get; init; } = 0.02m;

    /// <summary>
    /// Break-even lies this far on the gaining side of entry, fraction, 0 to below 0.003: the fees of both sides.
    /// </summary>
    public decimal BreakEvenOffsetFraction { get; init; } = 0.001m;

    /// <summary>Least improvement worth a trailing move, fraction of the entry price, above 0.</summary>
    public decimal MinTrailStepFraction { get; init; } = 0.001m;

    /// <summary>
    /// A moved stop keeps this far from the price, fraction of entry, 0 to 0.1: nearer it would act at once.
    /// </summary>
    public decimal MinStopGapFraction { get; init; } = 0.0005m;

    /// <summary>
    /// What is left of the distance from price to stop when the market turns volatile, above 0, below 1.
    /// </summary>
    public decimal TightenFraction { get; init; } = 0.5m;

    /// <summary>Share of the way to liquidation after which a position is closed, above 0, at most 1.</summary>
    public decimal LiquidationGuardFraction { get; init; } = 0.75m;

    /// <summary>The defaults: on a tape facts may be as old as <see cref="TapeAge"/> says.</summary>
    public static ExitBrainSettings For(bool isTape, SymbolFilterBook? symbols = null) =>
        isTape
            ? new()
            {
                Symbols = symbols,
                PriceStaleAfterMs = TapeAge.PriceMs,
                VenueStaleAfterMs = TapeAge.PriceMs,
                ExitDeadlineMs = TapeAge.PriceMs,
            }
            : new() { Symbols = symbols };

    /// <summary>The ladder for a regime and a side.</summary>
    public ExitProfile ProfileOf(Regime regime, PositionSide side) => regime switch
    {
        Regime.Bull => side == PositionSide.Long ? WithTrend : AgainstTrend,
        Regime.Bear => side == PositionSide.Short ? WithTrend : AgainstTrend,
        Regime.Range => InRange,
        Regime.Volatile => InVolatile,
        Regime.Uncertain => InUncertain,
        _ => InUnknown,
    };

    /// <summary>Throws an <see cref="ArgumentException"/> that names what is impossible.</summary>
    public ExitBrainSettings Checked()
    {
        foreach (var profile in (ExitProfile[])[WithTrend, AgainstTrend, InRange, InVolatile, InUncertain, InUnknown])
            profile.Checked();
        Want(MaxHoldMs > 0, nameof(MaxHoldMs), MaxHoldMs, "more than 0");
        Want(ExitDeadlineMs > 0, nameof(ExitDeadlineMs), ExitDeadlineMs, "more than 0");
        Want(ResultGraceMs >= 0, nameof(ResultGraceMs), ResultGraceMs, "0 or more");
        Want(RetryAfterMs > 0, nameof(RetryAfterMs), RetryAfterMs, "more than 0");
        Want(MaxTargetRefusals > 0, nameof(MaxTargetRefusals), MaxTargetRefusals, "1 or more");
        Want(StopGraceMs >= 0, nameof(StopGraceMs), StopGraceMs, "0 or more");
        Want(PriceStaleAfterMs > 0, nameof(PriceStaleAfterMs), PriceStaleAfterMs, "more than 0");
        Want(VenueStaleAfterMs > 0, nameof(VenueStaleAfterMs), VenueStaleAfterMs, "more than 0");
        Want(MaxPriceDeviationFraction > 0m, nameof(MaxPriceDeviationFraction), MaxPriceDeviationFraction,
            "more than 0");
        // The nearest target lies at 0.003: a break-even stop behind it would be on the wrong side of the price.
        Want(BreakEvenOffsetFraction is >= 0m and < 0.003m, nameof(BreakEvenOffsetFraction), BreakEvenOffsetFraction,
            "0 to below 0.003");
        Want(MinTrailStepFraction > 0m, nameof(MinTrailStepFraction), MinTrailStepFraction, "more than 0");
        Want(MinStopGapFraction is >= 0m and < 0.1m, nameof(MinStopGapFraction), MinStopGapFraction, "0 to below 0.1");
        Want(TightenFraction is > 0m and < 1m, nameof(TightenFraction), TightenFraction, "more than 0, less than 1");
        Want(LiquidationGuardFraction is > 0m and <= 1m, nameof(LiquidationGuardFraction), LiquidationGuardFraction,
            "more than 0, at most 1");
        return this;
    }

    private static void Want(bool fits, string name, object value, string mend)
    {
        if (!fits) throw new ArgumentException($"ExitBrain setting {name} is {value}: give {mend}.");
    }
}
