using Quantum.Roles.Symbols;

namespace Quantum.Roles.Executor;

/// <summary>How the executor judges and sends; <see cref="For"/> gives the defaults of a mode.</summary>
[Section("Executor")]
public sealed record ExecutorSettings
{
    /// <summary>The one mode of this system; intents of another are refused.</summary>
    public required TradingMode Mode { get; init; }

    /// <summary>True when the tape's time is the system's time (recorded, accelerated or simulated runs).</summary>
    public required bool IsTape { get; init; }

    /// <summary>What is known of the symbols; an intent for another one is denied.</summary>
    public required SymbolFilterBook Symbols { get; init; }

    /// <summary>An intent older than this is stale whatever its deadline says, ms; only in real time.</summary>
    [Above(0)] public long MaxIntentAgeMs { get; set; } = 30_000;

    /// <summary>How far ahead of our clock an event may be, ms.</summary>
    [AtLeast(0)] public long FutureToleranceMs { get; set; } = 5_000;

    /// <summary>No entry on a price older than this, ms.</summary>
    [Above(0)] public long MaxMarketAgeMs { get; set; } = 10_000;

    /// <summary>No entry on an exposure older than this, ms.</summary>
    [Above(0)] public long MaxExposureAgeMs { get; set; } = 60_000;

    /// <summary>An order without an answer for this long is asked for, ms.</summary>
    [Above(0)] public long AnswerTimeoutMs { get; set; } = 5_000;

    /// <summary>
    /// At an exchange: a market order that was taken and has not told its end for this long is asked for, ms.
    /// </summary>
    [Above(0)] public long EndTimeoutMs { get; set; } = 2_000;

    /// <summary>A venue silent for this long ends the intent as failed, ms.</summary>
    [Above(nameof(AnswerTimeoutMs))] public long GiveUpAfterMs { get; set; } = 600_000;

    /// <summary>A position told by the venue is adopted when no fill explains it for this long, ms.</summary>
    [AtLeast(0)] public long AdoptAfterMs { get; set; } = 3_000;

    /// <summary>
    /// No entry when the account was last compared with the venue longer ago than this, ms; not set: never asked, as
    /// with the simulated venue, whose word is all there is.
    /// </summary>
    [Above(0)] public long? MaxVenueAgeMs { get; set; }

    /// <summary>
    /// True takes over positions that nobody here opened; false shows them and leaves them alone until a person takes
    /// them over.
    /// </summary>
    public bool AdoptsForeignPositions { get; set; } = true;

    /// <summary>
    /// A position for which the venue has confirmed no stop of its full quantity for this long is closed, ms. That
    /// leaves room for a close that is answered late or not at all until the limit is reached.
    /// </summary>
    [Above(0)] public long CloseUnprotectedMs { get; set; } = 9_000;

    /// <summary>The longest that a position may stand so, ms: beyond it the audit names the position.</summary>
    [AtLeast(nameof(CloseUnprotectedMs))] public long MaxUnprotectedMs { get; set; } = 15_000;

    /// <summary>
    /// Pause between two tries to close an unprotected position, ms; doubled with each close that the venue refuses.
    /// </summary>
    [Above(0)] public long RetryAfterMs { get; set; } = 1_000;

    /// <summary>The longest such pause, ms.</summary>
    [AtLeast(nameof(RetryAfterMs))] public long LongestRetryMs { get; set; } = 30_000;

    /// <summary>Times one order is sent with the same id.</summary>
    [AtLeast(1)] public int MaxAttempts { get; set; } = 3;

    /// <summary>Stops refused or lost before the position is closed at market.</summary>
    [AtLeast(1)] public int MaxStopFailures { get; set; } = 3;

    /// <summary>
    /// True lets an entry that another program writes to `trade.intent` add to a position of its own direction; this
    /// system's bot asks for none while anything is held (gate `position_open`).
    /// </summary>
    public bool AllowPyramiding { get; set; }

    /// <summary>Free margin kept beyond an entry's own, fraction of that margin: fees and slippage.</summary>
    [Range(0.0, 1.0)] public decimal MarginBufferFraction { get; set; } = 0.05m;

    /// <summary>Nearest stop an intent may ask for, fraction of price.</summary>
    [Range(0.0, 0.5, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double MinStopFraction { get; set; } = 0.0005;

    /// <summary>
    /// Most that the price may have gone since an entry was planned, either way, share of the way to its stop: beyond,
    /// it is not the trade that was found worth its cost.
    /// </summary>
    [Range(0.0, 1.0)] public double MostPriceMoveShare { get; set; } = 0.1;

    /// <summary>Farthest stop an intent may ask for, fraction of price.</summary>
    [Range(0.0, 0.5, MinimumIsExclusive = true, MaximumIsExclusive = true), Above(nameof(MinStopFraction))]
    public double MaxStopFraction { get; set; } = 0.1;

    /// <summary>
    /// The defaults: on a tape prices and exposures may be as old as <see cref="TapeAge"/> says; in real time the
    /// catalog's limits hold; at an exchange the account must have been compared with it.
    /// </summary>
    public static ExecutorSettings For(TradingMode mode, bool isTape, SymbolFilterBook symbols) =>
        isTape ? OnTape(mode, symbols)
        : RoleNames.IsActiveIn(RoleNames.Venue, mode) ? OnExchange(mode, symbols)
        : new() { Mode = mode, IsTape = false, Symbols = symbols };

    private static ExecutorSettings OnTape(TradingMode mode, SymbolFilterBook symbols) => new()
    {
        Mode = mode,
        IsTape = true,
        Symbols = symbols,
        FutureToleranceMs = 3_600_000,
        MaxMarketAgeMs = TapeAge.PriceMs,
        MaxExposureAgeMs = TapeAge.PortfolioMs,
    };

    private static ExecutorSettings OnExchange(TradingMode mode, SymbolFilterBook symbols) => new()
    {
        Mode = mode,
        IsTape = false,
        Symbols = symbols,
        MaxVenueAgeMs = 120_000,
        AdoptsForeignPositions = false,
    };
}
