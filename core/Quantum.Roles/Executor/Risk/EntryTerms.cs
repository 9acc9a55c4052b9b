using Quantum.Contracts.Units;

namespace Quantum.Roles.Executor.Risk;

/// <summary>What an entry would be sent with.</summary>
internal sealed record EntryTerms
{
    /// <summary>Base quantity on the symbol's step, 0 or more.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>What the order would pay now, quote currency.</summary>
    public required decimal ReferencePrice { get; init; }

    /// <summary>The stop's distance from the fill, fraction of price; negative when it is on the wrong side.</summary>
    public required double StopFraction { get; init; }

    /// <summary>The stop's price when the intent fixed it; null when it follows from the fill.</summary>
    public required decimal? FixedStopPrice { get; init; }

    public required LeverageChoice Choice { get; init; }

    /// <summary>From 1; null when no leverage keeps the stop nearer than half the way to liquidation.</summary>
    public int? Leverage => Choice.Leverage;

    /// <summary>USD.</summary>
    public decimal NotionalUsd => Quantity * ReferencePrice;

    /// <summary>What the symbol's position would be afterwards, USD.</summary>
    public required decimal PositionUsd { get; init; }

    /// <summary>Initial margin, USD.</summary>
    public decimal MarginUsd => NotionalUsd / (Leverage ?? 1);

    /// <summary>Works the terms out of a case that has price, policy, exposure and filters.</summary>
    internal static EntryTerms Of(RiskCase riskCase)
    {
        var intent = riskCase.Intent;
        var price = riskCase.Price!.For(intent.Side);
        double? fixedStop = intent.StopLoss is { } stop ? (double)((price - stop) / price) * intent.Side.Sign() : null;
        var quantity = riskCase.Filters!.FloorQuantity(intent.PositionSizeUsd!.Value / price);
        var positionUsd = Math.Abs(riskCase.HeldQuantity + intent.Side.Sign() * quantity) * price;
        var choice = LeverageChoice.Of(
            in intent, riskCase.Filters, positionUsd, riskCase.Policy!.Value.MaxLeverage,
            riskCase.MarginUtilizationFraction, fixedStop, isLegacy: riskCase.IntentMode is null);
        return new EntryTerms
        {
            Quantity = quantity,
            ReferencePrice = price,
            PositionUsd = positionUsd,
            StopFraction = choice.StopFraction,
            FixedStopPrice = intent.StopLoss,
            Choice = choice,
        };
    }
}
