using System.Text.Json.Serialization;

namespace Quantum.Roles.Positions;

/// <summary>
/// A signed holding of one symbol with what it cost. It keeps the cost, not the mean price, so that closing releases
/// exactly what opening put in: over a round trip the realised PnL is the sum of the fills' cash flows, without
/// rounding.
/// </summary>
/// <param name="Quantity">Signed base quantity; negative is short.</param>
/// <param name="CostUsd">Sum of signed quantity times price of what is open, USD; negative for a short.</param>
internal sealed record NetPosition(decimal Quantity, decimal CostUsd)
{
    public static readonly NetPosition Flat = new(0m, 0m);

    [JsonIgnore] public bool IsFlat => Quantity == 0m;

    [JsonIgnore] public PositionSide Side => Quantity < 0m ? PositionSide.Short : PositionSide.Long;

    /// <summary>Volume-weighted entry price, quote currency; 0 when flat.</summary>
    [JsonIgnore] public decimal EntryPrice => IsFlat ? 0m : CostUsd / Quantity;

    /// <summary>A position entered whole at one price.</summary>
    public static NetPosition At(decimal quantity, decimal price) => Flat.Add(quantity, price);

    /// <summary>Unrealised PnL at a price, USD.</summary>
    public decimal UnrealizedAt(decimal price) => (Quantity * price) - CostUsd;

    /// <summary>
    /// Trades a quantity above 0 at a price: adds, reduces (realises), or closes and opens the other way.
    /// </summary>
    public FillEffect Apply(Side side, decimal quantity, decimal price)
    {
        var sign = side.Sign();
        if (IsFlat || Math.Sign(Quantity) == sign)
            return new FillEffect(Add(sign * quantity, price), 0m, 0m, quantity);
        var closed = Math.Min(quantity, Math.Abs(Quantity));
        var realized = (-sign * closed * price) - CostOf(closed);
        var left = Without(closed);
        var opened = quantity - closed;
        return new FillEffect(opened > 0m ? left.Add(sign * opened, price) : left, realized, closed, opened);
    }

    /// <summary>
    /// Takes over a quantity that no fill explains. What is gone leaves at its entry price (nothing is realised, for no
    /// price is known); what is new enters at <paramref name="price"/>.
    /// </summary>
    public NetPosition AdjustTo(decimal quantity, decimal price)
    {
        if (IsFlat || Math.Sign(quantity) != Math.Sign(Quantity)) return Flat.Add(quantity, price);
        return Math.Abs(quantity) <= Math.Abs(Quantity)
            ? Without(Math.Abs(Quantity - quantity))
            : Add(quantity - Quantity, price);
    }

    private NetPosition Add(decimal signedQuantity, decimal price) =>
        new(Quantity + signedQuantity, CostUsd + (signedQuantity * price));

    private NetPosition Without(decimal closed) => closed == Math.Abs(Quantity)
        ? Flat
        : new NetPosition(Quantity - (Math.Sign(Quantity) * closed), CostUsd - CostOf(closed));

    private decimal CostOf(decimal closed) =>
        closed == Math.Abs(Quantity) ? CostUsd : CostUsd * closed / Math.Abs(Quantity);
}

/// <summary>What a fill did to a position.</summary>
/// <param name="Position">The position afterwards.</param>
/// <param name="RealizedUsd">Gross PnL realised by the closed part, USD.</param>
/// <param name="ClosedQuantity">Base quantity that reduced, 0 or more.</param>
/// <param name="OpenedQuantity">Base quantity that added or opened the other way, 0 or more.</param>
internal readonly record struct FillEffect(
    NetPosition Position, decimal RealizedUsd, decimal ClosedQuantity, decimal OpenedQuantity)
{
    /// <summary>True when the position was closed and opened the other way.</summary>
    public bool HasTurned => ClosedQuantity > 0m && OpenedQuantity > 0m;

    /// <summary>The part of a fill's fee that belongs to what it closed, USD.</summary>
    public decimal ClosingFee(decimal feeUsd) =>
        OpenedQuantity == 0m ? feeUsd : feeUsd * ClosedQuantity / (ClosedQuantity + OpenedQuantity);
}
