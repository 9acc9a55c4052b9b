namespace Quantum.Exchanges;

/// <summary>What a venue says of one account at one moment.</summary>
/// <param name="AtMs">The venue's own time, UTC epoch ms.</param>
/// <param name="WalletUsd">Cash without unrealised PnL, USD.</param>
/// <param name="AvailableUsd">What new positions can be opened with, USD.</param>
/// <param name="Positions">Open positions of every symbol, also of those that are not ours.</param>
/// <param name="Orders">Live orders, conditional ones among them.</param>
public sealed record VenueAccountState(
    long AtMs, decimal WalletUsd, decimal AvailableUsd, IReadOnlyList<VenuePosition> Positions,
    IReadOnlyList<VenueOrderState> Orders)
{
    /// <summary>By how much the venue's clock is at least ahead of this machine's, ms; negative: behind.</summary>
    public long ClockOffsetMs { get; init; }

    /// <summary>Positions and orders of other programs that use words which are not known here.</summary>
    public IReadOnlyList<VenueUnread> Unread { get; init; } = [];
}

/// <summary>What a venue has of the account and nobody here understands.</summary>
/// <param name="Id">Which one it is, the same however its figures move.</param>
/// <param name="Text">As it was told.</param>
public sealed record VenueUnread(string Id, string Text);

/// <summary>An open position as the venue has it.</summary>
/// <param name="Symbol">The instrument.</param>
/// <param name="Quantity">Signed base quantity, not 0.</param>
/// <param name="EntryPrice">Mean entry price, quote currency.</param>
/// <param name="LiquidationPrice">Null when the venue tells none.</param>
/// <param name="Leverage">From 1; null when it is not told.</param>
/// <param name="IsIsolated">True with a margin of its own.</param>
public sealed record VenuePosition(
    Symbol Symbol, decimal Quantity, decimal EntryPrice, decimal? LiquidationPrice, int? Leverage, bool IsIsolated);

/// <summary>A live order as the venue has it.</summary>
/// <param name="Symbol">The instrument.</param>
/// <param name="ClientOrderId">As it was sent; orders of other programs have ids of theirs.</param>
/// <param name="Type">Conditional or not.</param>
/// <param name="Side">Which way it trades.</param>
/// <param name="Quantity">Base quantity; 0 for one that closes the position.</param>
/// <param name="FilledQuantity">Base quantity, 0 or more.</param>
/// <param name="TriggerPrice">Of a conditional order.</param>
/// <param name="ReduceOnly">True when it can open nothing.</param>
public sealed record VenueOrderState(
    Symbol Symbol, string ClientOrderId, string VenueOrderId, OrderType Type, Side Side, decimal Quantity,
    decimal FilledQuantity, decimal? TriggerPrice, bool ReduceOnly);
