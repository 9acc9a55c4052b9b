using Quantum.Contracts.Units;

namespace Quantum.Roles.Venue;

/// <summary>When stop and take-profit orders fire: at the trigger or beyond.</summary>
internal static class Triggers
{
    public static bool IsHit(OrderType type, Side side, decimal trigger, decimal price)
    {
        var firesBelow = type.IsStop() == (side == Side.Sell);
        return firesBelow ? price <= trigger : price >= trigger;
    }
}
