namespace Quantum.Contracts.Events;

/// <summary>
/// The one end of an intent, or an account change no intent asked for (a resting stop's fill, liquidation, funding, an
/// adjustment), on <c>execution.result</c>. Prices and quantities come from fills alone.
/// </summary>
public readonly record struct ExecutionResult : ICheckedEvent
{
    public required ResultKind Kind { get; init; }

    /// <summary>The intent that ended; for other kinds the intent that opened the position, or null.</summary>
    public string? IntentId { get; init; }

    public required Symbol Symbol { get; init; }

    /// <summary>Null only for funding, balance and for what could not be read.</summary>
    public Side? Side { get; init; }

    public required Outcome Outcome { get; init; }

    /// <summary>Why, as a code: <c>filled</c>, <c>stale</c>, <c>kill_switch</c>, <c>min_notional</c> …</summary>
    public required string ReasonCode { get; init; }

    /// <summary>Why, in words with the values.</summary>
    public string? Reason { get; init; }

    public required bool ReduceOnly { get; init; }

    /// <summary>The position this belongs to; null when none was opened.</summary>
    public string? PositionId { get; init; }

    public string? ClientOrderId { get; init; }

    /// <summary>Base quantity filled, 0 or more.</summary>
    public required decimal FilledQuantity { get; init; }

    /// <summary>Volume-weighted fill price, quote currency; null without a fill.</summary>
    public decimal? AveragePrice { get; init; }

    /// <summary>Fees of these fills, USD; negative is a rebate.</summary>
    public required decimal FeeUsd { get; init; }

    /// <summary>Funding received (+) or paid (-), USD; only with kind funding.</summary>
    public decimal? FundingUsd { get; init; }

    /// <summary>The venue's cash without unrealised PnL, USD; only with kind balance.</summary>
    public decimal? WalletUsd { get; init; }

    /// <summary>Signed base quantity of the position afterwards; null when unknown.</summary>
    public decimal? PositionQuantity { get; init; }

    /// <summary>Leverage in force, from 1; null without an order.</summary>
    public int? Leverage { get; init; }

    /// <summary>The resting stop on the venue, quote currency; null when there is none.</summary>
    public decimal? StopPrice { get; init; }

    /// <summary>The venue's estimate of the liquidation price; null when unknown.</summary>
    public decimal? LiquidationPrice { get; init; }

    /// <summary>Calibrated probability of the intent, 0 to 1; null when there is no intent.</summary>
    public double? Confidence { get; init; }

    /// <summary>Forwarded from the intent; unknown when there is none.</summary>
    public required IlfContext Ilf { get; init; }

    public string? SignalId { get; init; }

    [WireName("model")] public string? ModelName { get; init; }
    public string? ModelVersion { get; init; }
    public long? PolicyVersion { get; init; }

    /// <summary>The intent's own reason, for example <c>take_profit_1</c>.</summary>
    public string? IntentReason { get; init; }

    /// <summary>Expected result after all costs that the intent was made for, R; null where it told none.</summary>
    public double? ExpectedR { get; init; }

    /// <summary>True when the intent was made to learn, out of the exploration budget; null is false.</summary>
    public bool? Exploration { get; init; }

    public string? Fault()
    {
        if (FilledQuantity < 0) return $"filled_quantity {FilledQuantity} is below 0";
        if (FilledQuantity > 0 && AveragePrice is null) return "average_price is empty though something was filled";
        if (FilledQuantity > 0 && Side is null) return "side is empty though something was filled";
        if (Outcome == Outcome.Filled && Kind == ResultKind.Intent && FilledQuantity == 0)
            return "outcome is filled, but filled_quantity is 0";
        if (Kind == ResultKind.Intent && string.IsNullOrEmpty(IntentId)) return "intent_id is empty: whose end is it?";
        return Prices.Fault("average_price", AveragePrice) ?? Prices.Fault("stop_price", StopPrice);
    }
}
