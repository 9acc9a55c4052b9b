using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Roles.Venue.State;

namespace Quantum.Roles.Venue;

/// <summary>Publishes what the simulated venue has to say, on order.update.</summary>
internal sealed class Updates(VenueBooks books, Margin margin)
{
    /// <summary>Where an order stands.</summary>
    public void TellOrder(Outbox outbox, VenueOrder order, string? reason = null)
    {
        Publish(outbox, Of(UpdateKind.Order, order.Command, order) with { ReasonCode = order.ReasonCode, Reason =
            reason });
    }

    /// <summary>The answer to a command that led to no order.</summary>
    public static void TellRefused(
        Outbox outbox, in OrderCommand command, OrderStatus status, string reasonCode, string reason) =>
        Publish(outbox, OrderUpdate.To(in command, status, reasonCode, reason));

    public void TellFill(
        Outbox outbox, VenueOrder order, string tradeId, decimal quantity, decimal price, decimal feeUsd, bool isMaker)
    {
        Publish(outbox, Of(UpdateKind.Fill, order.Command, order) with
        {
            VenueTradeId = tradeId,
            LastFillQuantity = quantity,
            LastFillPrice = price,
            FeeUsd = feeUsd,
            IsMaker = isMaker,
        });
    }

    /// <summary>The answer to a wish for leverage, margin mode or margin: what is in force now.</summary>
    public void TellConfiguration(
        Outbox outbox, in OrderCommand command, VenueSymbol symbol, OrderStatus status, string? reasonCode,
        string? reason)
    {
        Publish(outbox, WithPosition(
            new OrderUpdate
            {
                Kind = UpdateKind.Configuration,
                Symbol = command.Symbol,
                ClientOrderId = command.ClientOrderId,
                Status = status,
                LastFillQuantity = 0,
                CumulativeQuantity = 0,
                FeeUsd = 0,
                ReasonCode = reasonCode,
                Reason = reason,
            },
            symbol));
    }

    /// <summary>Funding or liquidation of a position.</summary>
    public void TellAccount(Outbox outbox, UpdateKind kind, VenueSymbol symbol, in OrderUpdate part)
    {
        Publish(outbox, WithPosition(part with { Kind = kind, Symbol = symbol.Symbol }, symbol));
    }

    private OrderUpdate Of(UpdateKind kind, in OrderCommand command, VenueOrder order) => WithPosition(
        new OrderUpdate
        {
            Kind = kind,
            Symbol = command.Symbol,
            ClientOrderId = command.ClientOrderId,
            VenueOrderId = order.VenueOrderId,
            Status = order.Status,
            Side = command.Side,
            LastFillQuantity = 0,
            CumulativeQuantity = order.FilledQuantity,
            AveragePrice = order.AveragePrice,
            FeeUsd = 0,
        },
        books.Symbols.Touch(command.Symbol.Name));

    private OrderUpdate WithPosition(in OrderUpdate update, VenueSymbol symbol) => update with
    {
        PositionQuantity = symbol.Quantity,
        PositionEntryPrice = symbol.Quantity == 0 ? null : symbol.EntryPrice,
        LiquidationPrice = margin.LiquidationPrice(symbol),
        Leverage = symbol.Leverage,
        IsIsolated = symbol.IsIsolated,
    };

    private static void Publish(Outbox outbox, in OrderUpdate update) =>
        outbox.Publish(StreamCatalog.OrderUpdate, in update);
}
