using Quantum.Contracts.Units;
using Quantum.Roles.Symbols;

namespace Quantum.Roles.Executor;

/// <summary>How the executor judges and sends; <see cref="For"/> gives the defaults of a mode.</summary>
public sealed record ExecutorSettings
{
    /// <summary>The one mode of this system; intents of another are refused.</summary>
    public required TradingMode Mode { get; init; }

    /// <summary>True when the tape's time is the system's time (recorded, accelerated or simulated runs).</summary>
    public required bool IsTape { get; init; }

    /// <summary>What is known of the symbols; an intent for another one is denied.</summary>
    public required SymbolFilterBook Symbols { get; init; }

    /// <summary>
    /// An intent older than this is stale whatever its deadline says, ms, above 0; only in real time.
    /// </summary>
    public long MaxIntentAgeMs { get; init; } = 30_000;

    /// <summary>How far ahead of our clock an event may be, ms, from 0.</summary>
    public long FutureToleranceMs { get; init; } = 5_000;

    /// <summary>No entry on a price older than this, ms, above 0.</summary>
    public long MaxMarketAgeMs { get; init; } = 10_000;

    /// <summary>No entry on an exposure older than this, ms, above 0.</summary>
    public long MaxExposureAgeMs { get; init; } = 60_000;

    /// <summary>An order without an answer for this long is asked for, ms, above 0.</summary>
    public long AnswerTimeoutMs { get; init; } = 5_000;

    /// <summary>A venue silent for this long ends the intent as failed, ms, above the answer timeout.</summary>
    public long GiveUpAfterMs { get; init; } = 600_000;

    /// <summary>A position told by the venue is adopted when no fill explains it for this long, ms, from 0.</summary>
    public long AdoptAfterMs { get; init; } = 3_000;

    /// <summary>Pause between two tries to close an unprotected position, ms, above 0.</summary>
    public long RetryAfterMs { get; init; } = 1_000;

    /// <summary>Times one order is sent with the same id, from 1.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>Stops refused or lost before the position is closed at market, from 1.</summary>
    public int MaxStopFailures { get; init; } = 3;

    /// <summary>True lets an entry add to a position of its own direction.</summary>
    public bool AllowPyramiding { get; init; }

    /// <summary>Free margin kept beyond an entry's own, fraction of that margin, 0 to 1: fees and slippage.</summary>
    public decimal MarginBufferFraction { get; init; } = 0.05m;

    /// <summary>Nearest stop an intent may ask for, fraction of price, above 0.</summary>
    public double MinStopFraction { get; init; } = 0.0005;

    /// <summary>Farthest stop an intent may ask for, fraction of price, below 0.5.</summary>
    public double MaxStopFraction { get; init; } = 0.1;

    /// <summary>
    /// The defaults: on a tape prices and exposures may be as old as <see cref="TapeAge"/> says; in real time the
    /// catalog's limits hold.
    /// </summary>
    public static ExecutorSettings For(TradingMode mode, bool isTape, SymbolFilterBook symbols) => isTape
        ? new()
        {
            Mode = mode,
            IsTape = true,
            Symbols = symbols,
            FutureToleranceMs = 3_600_000,
            MaxMarketAgeMs = TapeAge.PriceMs,
            MaxExposureAgeMs = TapeAge.PortfolioMs,
        }
        : new() { Mode = mode, IsTape = false, Symbols = symbols };

    /// <summary>Throws on an impossible setting, naming it, its value and the mend.</summary>
    public void Validate()
    {
        Above(MaxIntentAgeMs, 0, nameof(MaxIntentAgeMs));
        Above(FutureToleranceMs, -1, nameof(FutureToleranceMs));
        Above(MaxMarketAgeMs, 0, nameof(MaxMarketAgeMs));
        Above(MaxExposureAgeMs, 0, nameof(MaxExposureAgeMs));
        Above(AnswerTimeoutMs, 0, nameof(AnswerTimeoutMs));
        Above(GiveUpAfterMs, AnswerTimeoutMs, nameof(GiveUpAfterMs));
        Above(AdoptAfterMs, -1, nameof(AdoptAfterMs));
        Above(RetryAfterMs, 0, nameof(RetryAfterMs));
        Above(MaxAttempts, 0, nameof(MaxAttempts));
        Above(MaxStopFailures, 0, nameof(MaxStopFailures));
        if (MarginBufferFraction is < 0 or > 1)
            throw new ArgumentException(
                $"executor setting {nameof(MarginBufferFraction)} is {MarginBufferFraction}: use 0 to 1.");
        if (!(MinStopFraction > 0 && MinStopFraction < MaxStopFraction && MaxStopFraction < 0.5))
            throw new ArgumentException(
                $"executor settings {nameof(MinStopFraction)} {MinStopFraction} and {nameof(MaxStopFraction)} "
                + $"{MaxStopFraction}: use 0 < least < most < 0.5, as fractions of price.");
    }

    private static void Above(long value, long limit, string name)
    {
        if (value <= limit) throw new ArgumentException($"executor setting {name} is {value}: use more than {limit}.");
    }
}
