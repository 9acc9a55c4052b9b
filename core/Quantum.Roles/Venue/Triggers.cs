using Quantum.Contracts.Units;

namespace Quantum.Roles.Venue;

/// <summary>When stop and take-profit orders fire: on the last traded price, at the trigger or beyond.</summary>
internal static class Triggers
{
    public static bool IsHit(OrderType type, Side side, decimal trigger, decimal lastPrice)
    {
        var firesBelow = (type == OrderType.StopMarket) == (side == Side.Sell);
        return firesBelow ? lastPrice <= trigger : lastPrice >= trigger;
    }
}
