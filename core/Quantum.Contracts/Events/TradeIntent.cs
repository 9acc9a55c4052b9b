namespace Quantum.Contracts.Events;

/// <summary>
/// A sized wish to trade with its ILF metadata, on <c>trade.intent</c>: an entry from the trading bot, or a reduce-only
/// exit from ExitBrain. Payload fields stand under the audit's names, in its order.
/// A reduce-only intent with <see cref="Reason"/> <c>move_stop</c> asks for no fill: the executor replaces the resting
/// stop by one at <see cref="StopLoss"/> (tighter only, new one first) and ends the intent as applied,
/// <c>stop_moved</c>.
/// </summary>
public readonly record struct TradeIntent : ICheckedEvent
{
    /// <summary>The <see cref="Reason"/> of an intent that moves the resting stop.</summary>
    public const string MoveStopReason = "move_stop";

    /// <summary>The same where an operator moves it by hand.</summary>
    public const string OperatorStopReason = "operator_stop";

    public required Symbol Symbol { get; init; }
    public required Side Side { get; init; }

    /// <summary>Calibrated probability, 0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary><b>Notional</b>, USD, above 0; null for an exit, which names its quantity.</summary>
    public decimal? PositionSizeUsd { get; init; }

    /// <summary>Proposed leverage, from 1; the executor takes the minimum of every cap.</summary>
    public int? Leverage { get; init; }

    /// <summary>What the leverage formula looks at; an exit carries its entry's.</summary>
    public required IlfContext Ilf { get; init; }

    /// <summary>True for exits: may only reduce the open position.</summary>
    public bool? ReduceOnly { get; init; }

    /// <summary>Base quantity of an exit, above 0; null for entries and for "all that is left".</summary>
    public decimal? Quantity { get; init; }

    /// <summary>Price the wish was made at, quote currency; never used as a fill.</summary>
    public decimal? EntryPrice { get; init; }

    /// <summary>Wanted resting stop of an entry, quote currency; null lets the executor take the ILF stop.</summary>
    public decimal? StopLoss { get; init; }

    /// <summary>Wanted target, quote currency; ExitBrain plans the real ones.</summary>
    public decimal? TakeProfit { get; init; }

    /// <summary>
    /// Never executed after this moment, UTC epoch ms; null only in legacy entries without a readable time.
    /// </summary>
    public long? DeadlineMs { get; init; }

    /// <summary>The position an exit reduces.</summary>
    public string? PositionId { get; init; }

    /// <summary>The signal behind an entry.</summary>
    public string? SignalId { get; init; }

    [WireName("model")] public string? ModelName { get; init; }
    public string? ModelVersion { get; init; }

    /// <summary>Version of the risk policy the wish was made under.</summary>
    public long? PolicyVersion { get; init; }

    /// <summary>Why, as a code: <c>signal</c>, <c>take_profit_1</c>, <c>stop_loss</c>, <c>time_stop</c> …</summary>
    public string? Reason { get; init; }

    /// <summary>Expected result after all costs that the wish was made for, R; null for exits and legacy.</summary>
    public double? ExpectedR { get; init; }

    /// <summary>True for an entry that is made to learn, at the least size; null is false.</summary>
    public bool? Exploration { get; init; }

    /// <summary>True for an entry out of the exploration budget: sim and paper only.</summary>
    public bool IsExploration() => Exploration == true;

    /// <summary>True for an exit; an intent that does not say is an entry.</summary>
    public bool IsExit() => ReduceOnly == true;

    /// <summary>True when the intent moves the resting stop instead of trading.</summary>
    public bool IsStopMove() => IsExit() && Reason is MoveStopReason or OperatorStopReason;

    public string? Fault()
    {
        if (IsStopMove() && StopLoss is null) return "stop_loss is empty: a move_stop intent names the new stop price";
        if (IsStopMove() && Quantity is not null)
            return $"quantity {Quantity} has no meaning in a move_stop intent: send it empty";
        if (Prices.FractionFault("confidence", Confidence) is { } confidence) return confidence;
        if (PositionSizeUsd is <= 0) return $"position_size_usd {PositionSizeUsd} is not above 0";
        if (!IsExit() && PositionSizeUsd is null)
            return "position_size_usd is empty: an entry names its notional in USD";
        if (Leverage is < 1) return $"leverage {Leverage} is below 1";
        if (Quantity is <= 0) return $"quantity {Quantity} is not above 0";
        return Prices.Fault("entry_price", EntryPrice) ?? Prices.Fault("stop_loss", StopLoss)
            ?? Prices.Fault("take_profit", TakeProfit);
    }
}
