namespace Quantum.Contracts.Events;

/// <summary>What the venue says about an order or the account, on <c>order.update</c>.</summary>
public readonly record struct OrderUpdate : ICheckedEvent
{
    public required UpdateKind Kind { get; init; }
    public required Symbol Symbol { get; init; }

    /// <summary>
    /// Our order, or the command that asked for a configuration; null for what the venue tells of itself.
    /// </summary>
    public string? ClientOrderId { get; init; }

    public string? VenueOrderId { get; init; }

    public required OrderStatus Status { get; init; }

    public Side? Side { get; init; }

    /// <summary>The venue's id of the fill; null without one.</summary>
    public string? VenueTradeId { get; init; }

    /// <summary>Base quantity of this fill, 0 or more.</summary>
    public required decimal LastFillQuantity { get; init; }

    /// <summary>Price of this fill; null without one.</summary>
    public decimal? LastFillPrice { get; init; }

    /// <summary>Base quantity filled so far, 0 or more.</summary>
    public required decimal CumulativeQuantity { get; init; }

    /// <summary>Volume-weighted price so far; null without a fill.</summary>
    public decimal? AveragePrice { get; init; }

    /// <summary>Fee of this fill, USD; negative is a rebate.</summary>
    public required decimal FeeUsd { get; init; }

    public bool? IsMaker { get; init; }

    /// <summary>Funding received (+) or paid (-), USD.</summary>
    public decimal? FundingUsd { get; init; }

    /// <summary>Signed base quantity of the position; null when the venue does not say.</summary>
    public decimal? PositionQuantity { get; init; }

    /// <summary>The position's mean entry price; null when flat or not told.</summary>
    public decimal? PositionEntryPrice { get; init; }

    /// <summary>
    /// Base quantity that live stops of ours at the venue would close; null when the venue was not asked.
    /// </summary>
    public decimal? StopQuantity { get; init; }

    /// <summary>
    /// Cash without unrealised PnL, USD; only with kind balance, which is of the whole account: its symbol says
    /// nothing.
    /// </summary>
    public decimal? WalletUsd { get; init; }

    /// <summary>Where the venue would liquidate; null when not told.</summary>
    public decimal? LiquidationPrice { get; init; }

    /// <summary>Leverage in force at the venue; null when not told.</summary>
    public int? Leverage { get; init; }

    /// <summary>Margin mode in force at the venue, true with a margin of its own; null when not told.</summary>
    public bool? IsIsolated { get; init; }

    /// <summary>Why, as a code: <c>insufficient_margin</c>, <c>reduce_only_rejected</c> …</summary>
    public string? ReasonCode { get; init; }

    /// <summary>Why, in the venue's words.</summary>
    public string? Reason { get; init; }

    /// <summary>The answer to a command that changed nothing: an order that is none, or not known.</summary>
    /// <param name="command">What was asked.</param>
    /// <param name="status">Where it stands.</param>
    /// <param name="reasonCode">Why, as a code; null for no reason.</param>
    /// <param name="reason">Why, in words.</param>
    public static OrderUpdate To(in OrderCommand command, OrderStatus status, string? reasonCode, string? reason) =>
        new()
        {
            Kind = command.Action == OrderAction.Configure ? UpdateKind.Configuration : UpdateKind.Order,
            Symbol = command.Symbol,
            ClientOrderId = command.ClientOrderId,
            Status = status,
            Side = command.Side,
            LastFillQuantity = 0,
            CumulativeQuantity = 0,
            FeeUsd = 0,
            ReasonCode = reasonCode,
            Reason = reason,
        };

    public string? Fault()
    {
        if (LastFillQuantity < 0) return $"last_fill_quantity {LastFillQuantity} is below 0";
        if (LastFillQuantity > 0 && LastFillPrice is null)
            return "last_fill_price is empty though something was filled";
        if (Kind is UpdateKind.Order or UpdateKind.Fill && string.IsNullOrEmpty(ClientOrderId))
            return "client_order_id is empty: which order is it?";
        if (Kind == UpdateKind.Balance && WalletUsd is null) return "wallet_usd is empty: what is the balance?";
        return Prices.Fault("last_fill_price", LastFillPrice) ?? Prices.Fault("average_price", AveragePrice);
    }
}
