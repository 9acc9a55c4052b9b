using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Roles.Venue.State;

namespace Quantum.Roles.Venue;

/// <summary>
/// Takes commands. A client order id that was used before is answered with the order it made: there is never a second
/// one.
/// </summary>
internal sealed class Intake(VenueSettings settings, VenueBooks books, Margin margin, Updates updates)
{
    private const int KeptDoneOrders = 64;

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
        }
    }

    /// <summary>Takes an order off the live ones.</summary>
    public void Finish(VenueSymbol symbol, VenueOrder order, OrderStatus status, string? reasonCode)
    {
        order.Status = status;
        order.ReasonCode = reasonCode;
        symbol.LiveIds.Remove(order.Command.ClientOrderId);
        symbol.DoneIds.Add(order.Command.ClientOrderId);
        if (symbol.DoneIds.Count <= KeptDoneOrders) return;
        books.Orders.Remove(symbol.DoneIds[0]);
        symbol.DoneIds.RemoveAt(0);
    }

    private void Place(in OrderCommand command, long atMs, Outbox outbox)
    {
        if (books.Orders.Find(command.ClientOrderId) is { } known)
        {
            updates.TellOrder(outbox, known, "this client order id was used before: the order it made");
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
            End(outbox, symbol, order, OrderStatus.Expired, "deadline",
                $"it came at {atMs}, its deadline was {deadline}");
        else if (IntakeChecks.Refuse(in command, filters, symbol, market, margin, settings) is var (code, words))
            End(outbox, symbol, order, OrderStatus.Rejected, code, words);
        else
            Accept(outbox, symbol, order);
    }

    private void Accept(Outbox outbox, VenueSymbol symbol, VenueOrder order)
    {
        if (order.Command is { ReduceOnly: false, Leverage: { } leverage }) symbol.Leverage = leverage;
        symbol.LiveIds.Add(order.Command.ClientOrderId);
        updates.TellOrder(outbox, order);
    }

    private void End(
        Outbox outbox, VenueSymbol symbol, VenueOrder order, OrderStatus status, string reasonCode, string reason)
    {
        Finish(symbol, order, status, reasonCode);
        updates.TellOrder(outbox, order, reason);
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
        Finish(symbol, order, OrderStatus.Canceled, "canceled");
        updates.TellOrder(outbox, order);
    }

    private void Query(in OrderCommand command, Outbox outbox)
    {
        if (books.Orders.Find(command.ClientOrderId) is { } order) updates.TellOrder(outbox, order);
        else Updates.TellRefused(outbox, in command, OrderStatus.NotFound, "not_found",
            $"no order {command.ClientOrderId} is known");
    }
}
