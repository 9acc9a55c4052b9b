namespace Quantum.Contracts.Units;

/// <summary>Which way an order trades.</summary>
public enum Side
{
    [WireName("BUY")] Buy,
    [WireName("SELL")] Sell,
}
