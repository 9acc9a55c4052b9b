using System.Text.Json.Serialization;
using Quantum.Roles.Positions;

namespace Quantum.Roles.ExitBrain;

/// <summary>Everything ExitBrain remembers of one open position.</summary>
internal sealed class OpenTrade
{
    /// <summary>Under which name it is saved, by symbol.</summary>
    public const string Key = "trades";

    private NetPosition? _pricedOf;
    private decimal _entryPrice;

    public required string TradeId { get; init; }

    /// <summary>The executor's id of the position, which exits name; null when it told none.</summary>
    public string? PositionId { get; set; }
    public required Symbol Symbol { get; init; }
    public required PositionSide Side { get; init; }
    public required string CorrelationId { get; init; }

    /// <summary>UTC epoch ms of the first fill.</summary>
    public required long OpenedAtMs { get; set; }

    /// <summary>From 1.</summary>
    public required int Leverage { get; set; }

    public double? Confidence { get; init; }
    public string? IntentId { get; init; }
    public string? SignalId { get; init; }
    public string? ModelName { get; init; }
    public string? ModelVersion { get; init; }
    public long? PolicyVersion { get; init; }

    /// <summary>True when it was entered to learn.</summary>
    public bool Exploration { get; init; }

    /// <summary>
    /// At entry; regime and divergence as known here where the intent told none. Its funding rate is empty: an exit
    /// says nothing of funding.
    /// </summary>
    public required IlfContext Ilf { get; init; }

    /// <summary>Fraction at entry; null when unknown.</summary>
    public double? FundingSpreadFraction { get; init; }

    public TradeLedger Ledger { get; init; } = new();
    public required ExitPlan Plan { get; set; }
    public required StopState Stop { get; init; }

    /// <summary>The most favourable price since entry, quote currency.</summary>
    public required decimal BestPrice { get; set; }

    /// <summary>The venue's liquidation price; null when not told.</summary>
    public decimal? LiquidationPrice { get; set; }

    /// <summary>The one exit in flight.</summary>
    public ExitInFlight? Exit { get; set; }

    /// <summary>The one stop move in flight.</summary>
    public StopMoveInFlight? StopMove { get; set; }

    /// <summary>No new exit before this moment, UTC epoch ms.</summary>
    public long ExitNotBeforeMs { get; set; }

    /// <summary>When an exit came back too late last, UTC epoch ms; 0: never.</summary>
    public long LateAtMs { get; set; }

    /// <summary>No new stop move before this moment, UTC epoch ms.</summary>
    public long StopMoveNotBeforeMs { get; set; }

    /// <summary>Targets refused in a row, from 0.</summary>
    public int TargetRefusals { get; set; }

    /// <summary>Why the stop is to be tightened at the next fresh price; null when nothing asks for it.</summary>
    public string? TightenReason { get; set; }

    [JsonIgnore] public Regime Regime => Ilf.Regime ?? Regime.Unknown;

    /// <summary>Mean price of what is held, quote currency; a division, kept while the position is the same.</summary>
    [JsonIgnore]
    public decimal EntryPrice
    {
        get
        {
            if (!ReferenceEquals(_pricedOf, Ledger.Position))
                (_pricedOf, _entryPrice) = (Ledger.Position, Ledger.Position.EntryPrice);
            return _entryPrice;
        }
    }

    /// <summary>The clock was set back: nothing noted lies ahead of now, no deadline beyond the latest; UTC epoch ms.
    /// </summary>
    public void SetBack(long nowMs, long latestMs)
    {
        // A time stop counts from then.
        var aheadMs = Math.Max(0, OpenedAtMs - nowMs);
        OpenedAtMs -= aheadMs;
        Plan.FirstTargetByMs -= aheadMs;
        (ExitNotBeforeMs, LateAtMs) = (Math.Min(ExitNotBeforeMs, nowMs), Math.Min(LateAtMs, nowMs));
        StopMoveNotBeforeMs = Math.Min(StopMoveNotBeforeMs, nowMs);
        if (Stop.BreachedAtMs > nowMs) Stop.BreachedAtMs = nowMs;
        if (Exit?.DeadlineMs > latestMs) Exit = Exit with { DeadlineMs = latestMs };
        if (StopMove?.DeadlineMs > latestMs) StopMove = StopMove with { DeadlineMs = latestMs };
    }

    /// <summary>How far a price is on the gaining side of entry, quote currency.</summary>
    public decimal GainAt(decimal price) => Side.Sign() * (price - EntryPrice);

    /// <summary>True when the price is at the target or beyond.</summary>
    public bool HasReached(decimal price, decimal target) => Side.Sign() * (price - target) >= 0m;

    /// <summary>True when <paramref name="stop"/> protects more than <paramref name="other"/>.</summary>
    public bool IsTighter(decimal stop, decimal other) => Side.Sign() * (stop - other) > 0m;
}

/// <summary>An exit whose result is awaited.</summary>
/// <param name="IntentId">The intent's event id.</param>
/// <param name="Reason">Its reason code.</param>
/// <param name="TargetCount">How many targets, from the first open one, it takes; 0 for protective exits.</param>
/// <param name="DeadlineMs">UTC epoch ms.</param>
internal sealed record ExitInFlight(string IntentId, string Reason, int TargetCount, long DeadlineMs);

/// <summary>A stop move whose result is awaited.</summary>
/// <param name="IntentId">The intent's event id.</param>
/// <param name="Price">Asked for, quote currency.</param>
/// <param name="Reason">What moved it.</param>
/// <param name="DeadlineMs">UTC epoch ms.</param>
internal sealed record StopMoveInFlight(string IntentId, decimal Price, string Reason, long DeadlineMs);
