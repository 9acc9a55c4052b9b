namespace Quantum.Contracts.Units;

/// <summary>What is so of an order's type.</summary>
public static class OrderTypes
{
    /// <summary>True for an order that waits for its trigger price.</summary>
    public static bool IsConditional(this OrderType type) => type is not (OrderType.Market or OrderType.Limit);
}
