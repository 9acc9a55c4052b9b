namespace Quantum.Contracts.Units;

/// <summary>Order types that the venue gateway knows; stops and take profits wait for their trigger price.</summary>
public enum OrderType { Market, Limit, StopMarket, TakeProfitMarket, StopLimit, TakeProfitLimit }
