namespace Quantum.Contracts.Units;

/// <summary>Order types that the venue gateway knows.</summary>
public enum OrderType { Market, Limit, StopMarket, TakeProfitMarket }
