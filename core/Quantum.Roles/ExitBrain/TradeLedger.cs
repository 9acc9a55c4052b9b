using System.Text.Json.Serialization;
using Quantum.Roles.Positions;

namespace Quantum.Roles.ExitBrain;

/// <summary>The money of one round trip, from its fills and funding alone.</summary>
internal sealed class TradeLedger
{
    public NetPosition Position { get; set; } = NetPosition.Flat;

    /// <summary>Base quantity entered, 0 or more.</summary>
    public decimal EntryQuantity { get; set; }

    /// <summary>Sum of entered quantity times price, USD.</summary>
    public decimal EntryValueUsd { get; set; }

    /// <summary>Base quantity left through exits, 0 or more.</summary>
    public decimal ExitQuantity { get; set; }

    /// <summary>Sum of exited quantity times price, USD.</summary>
    public decimal ExitValueUsd { get; set; }

    /// <summary>Gross PnL of what was closed, USD.</summary>
    public decimal RealizedUsd { get; set; }

    /// <summary>USD; negative is a rebate.</summary>
    public decimal FeesUsd { get; set; }

    /// <summary>USD, received (+) or paid (-).</summary>
    public decimal FundingUsd { get; set; }

    [JsonIgnore] public decimal EntryPrice => EntryValueUsd / EntryQuantity;

    [JsonIgnore] public decimal ExitPrice => ExitValueUsd / ExitQuantity;

    /// <summary>Net of fees and funding, USD.</summary>
    [JsonIgnore] public decimal NetPnlUsd => RealizedUsd - FeesUsd + FundingUsd;

    /// <summary>Base quantity still open, 0 or more.</summary>
    [JsonIgnore] public decimal OpenQuantity => Math.Abs(Position.Quantity);

    public void Enter(Side side, decimal quantity, decimal price, decimal feeUsd)
    {
        Position = Position.Apply(side, quantity, price).Position;
        EntryQuantity += quantity;
        EntryValueUsd += quantity * price;
        FeesUsd += feeUsd;
    }

    public void Leave(Side side, decimal quantity, decimal price, decimal feeUsd)
    {
        var effect = Position.Apply(side, quantity, price);
        Position = effect.Position;
        RealizedUsd += effect.RealizedUsd;
        ExitQuantity += quantity;
        ExitValueUsd += quantity * price;
        FeesUsd += feeUsd;
    }

    /// <summary>Takes over the venue's quantity of the same side: what is gone leaves at its entry price.</summary>
    public void Adjust(decimal signedQuantity, decimal price)
    {
        var before = Position;
        Position = before.AdjustTo(signedQuantity, price);
        var change = Math.Abs(signedQuantity) - Math.Abs(before.Quantity);
        if (change > 0m)
        {
            EntryQuantity += change;
            EntryValueUsd += change * price;
        }
        else
        {
            ExitQuantity -= change;
            ExitValueUsd += Math.Abs(before.CostUsd) - Math.Abs(Position.CostUsd);
        }
    }
}
