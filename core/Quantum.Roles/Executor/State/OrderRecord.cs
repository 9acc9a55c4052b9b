using System.Text.Json.Serialization;

namespace Quantum.Roles.Executor.State;

/// <summary>How much we know of an order: planned and sending are written before the venue is called.</summary>
internal enum OrderStage
{
    /// <summary>Decided, not yet handed over.</summary>
    Planned,

    /// <summary>Handed over in this commit; the venue's answer is awaited.</summary>
    Sending,

    /// <summary>The venue has it and it may still trade.</summary>
    Known,

    /// <summary>The answer was ambiguous: asked for, and never sent again before the venue has answered.</summary>
    Unknown,

    /// <summary>It can trade no more.</summary>
    Done,
}

/// <summary>One order from plan to end, with what its fills added up to.</summary>
internal sealed class OrderRecord
{
    public required string ClientOrderId { get; init; }

    /// <summary>The intent it serves; for a stop, the one that opened the position.</summary>
    public required string IntentId { get; init; }

    /// <summary>The position it opens, reduces or protects.</summary>
    public required string PositionId { get; init; }

    public required string CorrelationId { get; init; }

    public required OrderPurpose Purpose { get; init; }
    public required OrderType Type { get; init; }
    public required Side Side { get; init; }

    /// <summary>Base quantity, above 0.</summary>
    public required decimal Quantity { get; init; }

    public required bool ReduceOnly { get; init; }

    /// <summary>True when it closes a position that could not be protected, for no intent.</summary>
    public bool IsEmergency { get; init; }

    /// <summary>Price on which an entry was approved, quote currency; null for others.</summary>
    public decimal? ReferencePrice { get; init; }

    /// <summary>Trigger of a stop, quote currency.</summary>
    public decimal? TriggerPrice { get; init; }

    /// <summary>Leverage to be in force, from 1.</summary>
    public int? Leverage { get; init; }

    /// <summary>Never sent after this moment, UTC epoch ms; null for orders that reduce risk.</summary>
    public long? DeadlineMs { get; set; }

    public OrderStage Stage { get; set; }

    /// <summary>Times it was sent, from 0.</summary>
    public int Attempts { get; set; }

    /// <summary>When it was first sent, UTC epoch ms.</summary>
    public long SentAtMs { get; set; }

    /// <summary>
    /// Since when the venue owes an answer: the send, the cancel, or its last word before, UTC epoch ms.
    /// </summary>
    public long AwaitedSinceMs { get; set; }

    /// <summary>When we last sent, asked or cancelled, UTC epoch ms.</summary>
    public long AskedAtMs { get; set; }

    public bool CancelRequested { get; set; }

    /// <summary>True while a query or cancel of ours waits for its answer; a "not found" counts only then.</summary>
    public bool AwaitsAnswer { get; set; }

    /// <summary>True when that question was a cancel.</summary>
    public bool CancelAsked { get; set; }

    /// <summary>True when the venue did not have it while it could still arrive.</summary>
    public bool IsMissing { get; set; }

    /// <summary>True when another order stands in for it: it is not sent again.</summary>
    public bool IsReplaced { get; set; }

    /// <summary>True while a stop is asked for because the venue says that less is covered than it is for.</summary>
    public bool IsDoubted { get; set; }

    /// <summary>True for a stop that the venue has, and has for less than we know it: it protects not all.</summary>
    public bool IsShort { get; set; }

    /// <summary>How it ended, once done.</summary>
    public OrderStatus? FinalStatus { get; set; }

    public string? ReasonCode { get; set; }
    public string? Reason { get; set; }

    /// <summary>Base quantity filled, 0 or more.</summary>
    public decimal FilledQuantity { get; set; }

    /// <summary>Sum of price times quantity over the fills, quote currency.</summary>
    public decimal FilledValue { get; set; }

    /// <summary>Fees of the fills, USD.</summary>
    public decimal FeeUsd { get; set; }

    /// <summary>Base quantity the venue counted as filled before it told of the fills themselves, 0 or more.</summary>
    public decimal UntoldQuantity { get; set; }

    /// <summary>The part of the fills that results have already told of: quantity, value, fee.</summary>
    public decimal ReportedQuantity { get; set; }
    public decimal ReportedValue { get; set; }
    public decimal ReportedFeeUsd { get; set; }

    [JsonIgnore]
    public decimal? AveragePrice => FilledQuantity == 0 ? null : FilledValue / FilledQuantity;

    [JsonIgnore]
    public bool IsDone => Stage == OrderStage.Done;

    /// <summary>True while the venue has it or may have it.</summary>
    [JsonIgnore]
    public bool IsLive => Stage is OrderStage.Sending or OrderStage.Known or OrderStage.Unknown;

    /// <summary>True while an answer of the venue is due.</summary>
    [JsonIgnore]
    public bool IsAwaited => Stage is OrderStage.Sending or OrderStage.Unknown || (IsLive && CancelRequested);

    /// <summary>
    /// True while a market order that the venue has taken has not told its end: it ends by itself at once, and whoever
    /// does not hear the account's stream must ask.
    /// </summary>
    [JsonIgnore]
    public bool OwesEnd => Stage == OrderStage.Known && Type == OrderType.Market;

    [JsonIgnore]
    public decimal RemainingQuantity => Math.Max(0, Quantity - FilledQuantity);

    public void AddFill(decimal quantity, decimal price, decimal feeUsd)
    {
        FilledQuantity += quantity;
        FilledValue += quantity * price;
        FeeUsd += feeUsd;
    }

    public void MarkReported()
    {
        ReportedQuantity = FilledQuantity;
        ReportedValue = FilledValue;
        ReportedFeeUsd = FeeUsd;
    }
}
