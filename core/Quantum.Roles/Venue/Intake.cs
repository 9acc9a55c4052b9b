using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Roles.Venue.State;

namespace Quantum.Roles.Venue;

/// <summary>
/// Takes commands. A client order id that was used before is answered with the order it made: there is never a second
/// one.
/// </summary>
internal sealed class Intake(
    VenueSettings settings, VenueBooks books, IntakeChecks checks, Configuring configuring, Endings endings,
    Updates updates)
{
    public void Take(in OrderCommand command, long atMs, Outbox outbox)
    {
        switch (command.Action)
        {
            case OrderAction.Place:
                Place(in command, atMs, outbox);
                break;
            case OrderAction.Cancel:
                Cancel(in command, outbox);
                break;
            case OrderAction.Query:
                Query(in command, outbox);
                break;
            case OrderAction.Configure:
                configuring.Take(in command, outbox);
                break;
        }
    }

    private void Place(in OrderCommand command, long atMs, Outbox outbox)
    {
        if (books.Orders.Find(command.ClientOrderId) is { } known)
        {
            updates.TellOrder(outbox, known, "this client order id was used before: the order it made");
            return;
        }

        if (!Commands.IsLegalId(command.ClientOrderId))
        {
            Updates.TellRefused(outbox, in command, OrderStatus.Rejected, "client_order_id",
                $"client order id '{command.ClientOrderId}' is not 1 to 36 of A-Z a-z 0-9 . : / _ -");
            return;
        }

        if (settings.Symbols.Find(command.Symbol) is not { } filters)
        {
            Updates.TellRefused(outbox, in command, OrderStatus.Rejected, "symbol_unknown",
                $"{command.Symbol} is not traded here");
            return;
        }

        var symbol = books.Symbols.Touch(command.Symbol.Name);
        var order = new VenueOrder
        {
            Command = command,
            VenueOrderId = $"sim-{command.Symbol}-{++symbol.Sequence}",
            EffectiveAtMs = atMs + settings.LatencyMs,
        };
        books.Orders.Set(command.ClientOrderId, order);
        var market = books.Markets.Find(command.Symbol.Name);
        if (command.DeadlineMs is { } deadline && atMs > deadline)
            endings.End(symbol, order, OrderStatus.Expired, "deadline",
                $"it came at {atMs}, its deadline was {deadline}", outbox);
        else if (checks.Refuse(in command, filters, symbol, market) is var (code, words))
            endings.End(symbol, order, OrderStatus.Rejected, code, words, outbox);
        else
            Accept(outbox, symbol, order);
    }

    private void Accept(Outbox outbox, VenueSymbol symbol, VenueOrder order)
    {
        if (order is { Reduces: false, Command.Leverage: { } leverage }) symbol.Leverage = leverage;
        if (order.Command.IsIsolated is { } isIsolated) symbol.IsIsolated = isIsolated;
        symbol.LiveIds.Add(order.Command.ClientOrderId);
        updates.TellOrder(outbox, order);
    }

    private void Cancel(in OrderCommand command, Outbox outbox)
    {
        if (books.Orders.Find(command.ClientOrderId) is not { IsLive: true })
        {
            Query(in command, outbox);
            return;
        }

        var symbol = books.Symbols.Touch(command.Symbol.Name);
        var order = books.Orders.Touch(command.ClientOrderId);
        endings.End(symbol, order, OrderStatus.Canceled, "canceled", null, outbox);
    }

    private void Query(in OrderCommand command, Outbox outbox)
    {
        if (books.Orders.Find(command.ClientOrderId) is { } order) updates.TellOrder(outbox, order);
        else Updates.TellRefused(outbox, in command, OrderStatus.NotFound, "not_found",
            $"no order {command.ClientOrderId} is known");
    }
}
