namespace Quantum.Contracts.Units;

/// <summary>An order's state as the venue tells it; <c>NotFound</c> answers a query.</summary>
public enum OrderStatus { Accepted, PartiallyFilled, Filled, Canceled, Rejected, Expired, NotFound, Unknown }
