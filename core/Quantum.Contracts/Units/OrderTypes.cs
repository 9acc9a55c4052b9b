namespace Quantum.Contracts.Units;

/// <summary>What is so of an order's type.</summary>
public static class OrderTypes
{
    /// <summary>True for an order that waits for its trigger price.</summary>
    public static bool IsConditional(this OrderType type) => type is not (OrderType.Market or OrderType.Limit);

    /// <summary>True for an order with a limit price; a conditional one has it from its trigger on.</summary>
    public static bool HasLimit(this OrderType type) =>
        type is OrderType.Limit or OrderType.StopLimit or OrderType.TakeProfitLimit;

    /// <summary>True for an order that waits for the price to go against the position it stands for.</summary>
    public static bool IsStop(this OrderType type) => type is OrderType.StopMarket or OrderType.StopLimit;
}
