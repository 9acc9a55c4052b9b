using Quantum.Exchanges.Budget;

namespace Quantum.Binance.Calls;

/// <summary>What requests cost, by the exchange's documentation.</summary>
internal static class Costs
{
    /// <summary>An order, conditional or not: counted, without weight.</summary>
    public static RequestCost Order { get; } = new(0, 1);

    public static RequestCost One { get; } = new(1, 0);
    public static RequestCost Account { get; } = new(5, 0);
    public static RequestCost Funding { get; } = new(30, 0);
    public static RequestCost FeeBurn { get; } = new(30, 0);

    /// <summary>The open orders of every symbol.</summary>
    public static RequestCost OpenOrders { get; } = new(40, 0);

    /// <summary>Candles, by how many are asked for.</summary>
    public static RequestCost Klines(int limit) => new(limit < 100 ? 1 : limit < 500 ? 2 : limit <= 1_000 ? 5 : 10, 0);
}
