namespace Quantum.Contracts.Units;

/// <summary>Conversions between the two sides.</summary>
public static class Sides
{
    public static Side Opposite(this Side side) => side == Side.Buy ? Side.Sell : Side.Buy;
    public static PositionSide ToPositionSide(this Side entry) =>
        entry == Side.Buy ? PositionSide.Long : PositionSide.Short;
    public static Side EntrySide(this PositionSide side) => side == PositionSide.Long ? Side.Buy : Side.Sell;
    public static Side ExitSide(this PositionSide side) => side == PositionSide.Long ? Side.Sell : Side.Buy;

    /// <summary>+1 for long, -1 for short.</summary>
    public static int Sign(this PositionSide side) => side == PositionSide.Long ? 1 : -1;

    /// <summary>+1 for buy, -1 for sell.</summary>
    public static int Sign(this Side side) => side == Side.Buy ? 1 : -1;
}
