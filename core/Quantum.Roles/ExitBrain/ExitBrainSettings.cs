using Quantum.Roles.Ai.Plans;
using Quantum.Roles.Ilf;
using Quantum.Roles.Symbols;

namespace Quantum.Roles.ExitBrain;

/// <summary>How ExitBrain plans and guards positions.</summary>
[Section("ExitBrain")]
public sealed record ExitBrainSettings
{
    /// <summary>
    /// What is known of the symbols: no part of a plan is below their least quantity. Null knows nothing.
    /// </summary>
    public SymbolFilterBook? Symbols { get; init; }

    /// <summary>Position in the direction of a bull or bear market.</summary>
    public ExitProfile WithTrend { get; set; } = ExitProfiles.Barrier;

    /// <summary>Position against a bull or bear market.</summary>
    public ExitProfile AgainstTrend { get; set; } = ExitProfiles.Barrier;

    /// <summary>The market moves sideways.</summary>
    public ExitProfile InRange { get; set; } = ExitProfiles.Barrier;

    /// <summary>The market is volatile.</summary>
    public ExitProfile InVolatile { get; set; } = ExitProfiles.Barrier;

    /// <summary>The regimes contradict each other.</summary>
    public ExitProfile InUncertain { get; set; } = ExitProfiles.Barrier;

    /// <summary>No regime is known.</summary>
    public ExitProfile InUnknown { get; set; } = ExitProfiles.Barrier;

    /// <summary>Distances the adaptive levels start from.</summary>
    public LevelBases Levels { get; set; } = new();

    /// <summary>A position is closed when held this long, ms; as the plan of the entry has it.</summary>
    [Above(0)] public long MaxHoldMs { get; set; } = EntryPlanSettings.UsualHoldMs;

    /// <summary>An exit is never executed later than this after its publication, ms.</summary>
    [Above(0)] public long ExitDeadlineMs { get; set; } = 30_000;

    /// <summary>
    /// An intent without a result is given up this long after its deadline, ms: its order may still fill.
    /// </summary>
    [AtLeast(0)] public long ResultGraceMs { get; set; } = 10_000;

    /// <summary>Pause after an intent that did not succeed, ms.</summary>
    [Above(0)] public long RetryAfterMs { get; set; } = 5_000;

    /// <summary>Refusals after which a target's share joins the next one: it may be too small for the venue.</summary>
    [AtLeast(1)] public int MaxTargetRefusals { get; set; } = 3;

    /// <summary>
    /// A resting stop has this long to act once the price is beyond it, ms; then we close ourselves.
    /// </summary>
    [AtLeast(0)] public long StopGraceMs { get; set; } = 5_000;

    /// <summary>A price older than this decides nothing, ms.</summary>
    [Above(0)] public long PriceStaleAfterMs { get; set; } = 10_000;

    /// <summary>A venue comparison older than this is unknown, ms.</summary>
    [Above(0)] public long VenueStaleAfterMs { get; set; } = 60_000;

    /// <summary>A price farther than this from the venues' fresh mid decides nothing, fraction.</summary>
    [Above(0)] public decimal MaxPriceDeviationFraction { get; set; } = 0.02m;

    /// <summary>Break-even lies this far on the gaining side of entry, fraction: the fees of both sides.</summary>
    [Range(0.0, 0.003, MaximumIsExclusive = true)]
    public decimal BreakEvenOffsetFraction { get; set; } = 0.001m;

    /// <summary>Least improvement worth a trailing move, fraction of the entry price.</summary>
    [Above(0)] public decimal MinTrailStepFraction { get; set; } = 0.001m;

    /// <summary>A moved stop keeps this far from the price, fraction of entry: nearer it would act at once.</summary>
    [Range(0.0, 0.1, MaximumIsExclusive = true)] public decimal MinStopGapFraction { get; set; } = 0.0005m;

    /// <summary>What is left of the distance from price to stop when the market turns volatile.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public decimal TightenFraction { get; set; } = 0.5m;

    /// <summary>Share of the way to liquidation after which a position is closed.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public decimal LiquidationGuardFraction { get; set; } = 0.75m;

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
}
