namespace Quantum.Venue.Accounts;

/// <summary>One fill, as <c>userTrades</c> shows it.</summary>
internal sealed record Fill(
    long Id, Order Order, decimal Price, decimal Quantity, decimal FeeUsd, decimal RealizedUsd, bool IsMaker,
    long AtMs);

/// <summary>One change of the wallet, as <c>income</c> shows it.</summary>
internal sealed record Income(
    string Symbol, string Type, decimal AmountUsd, string Info, long AtMs, long TransactionId, string TradeId);

/// <summary>One move of margin into or out of an isolated position.</summary>
internal sealed record MarginMove(Symbol Symbol, int Type, decimal AmountUsd, long AtMs);
