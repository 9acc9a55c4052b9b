using Quantum.Roles.Executor.State;
using Quantum.Roles.Positions;

namespace Quantum.Roles.Executor.Flow;

/// <summary>
/// Counts fills, each once by the venue's trade id, into orders and the position. Positions come from fills alone.
/// </summary>
internal sealed class Fills(ExecutorSettings settings, ExecutorBooks books)
{
    /// <summary>Takes a fill of one of our orders.</summary>
    public void OnFill(SymbolState state, OrderRecord order, in OrderUpdate update)
    {
        if (update.LastFillQuantity <= 0) return;
        if (update.VenueTradeId is { } trade && !state.TryCountTrade(trade)) return;
        var quantity = update.VenueTradeId is null
            ? Math.Min(update.LastFillQuantity, update.CumulativeQuantity - order.FilledQuantity)
            : update.LastFillQuantity;
        // What goes beyond the order is no fill of it, however old the memory of its trades is.
        quantity = Math.Min(quantity, order.RemainingQuantity + order.UntoldQuantity);
        var known = Math.Min(order.UntoldQuantity, Math.Max(0, quantity));
        order.UntoldQuantity -= known;
        Count(state, order, quantity - known, update.LastFillPrice!.Value, update.FeeUsd);
    }

    /// <summary>
    /// Takes the venue's own total when it is ahead of the fills told so far: after a lost connection the total comes
    /// first. Its price is the venue's, and a fill that is told later is recognised as part of it.
    /// </summary>
    public void OnTotal(SymbolState state, OrderRecord order, in OrderUpdate update)
    {
        var ahead = update.CumulativeQuantity - order.FilledQuantity;
        if (ahead <= 0 || update.AveragePrice is not { } average) return;
        var value = average * update.CumulativeQuantity - order.FilledValue;
        var price = value > 0 ? value / ahead : average;
        order.UntoldQuantity += ahead;
        Count(state, order, ahead, price, 0);
    }

    /// <summary>A fill that no order of ours made: a liquidation.</summary>
    public static void OnForcedFill(SymbolState state, Side side, decimal quantity, decimal price)
    {
        if (state.Position is null) return;
        Move(state, side, quantity, price);
    }

    private void Count(SymbolState state, OrderRecord order, decimal quantity, decimal price, decimal feeUsd)
    {
        order.AddFill(Math.Max(0, quantity), price, feeUsd);
        if (quantity <= 0) return;
        if (state.Position is null && order.ReduceOnly)
        {
            // The position that it closed is gone from the books already: it opens none.
            order.MarkReported();
            return;
        }

        if (state.Position is null) Open(state, order, quantity, price);
        else Move(state, order.Side, quantity, price);
        if (order.Purpose == OrderPurpose.Entry) SetStop(state, order);
    }

    private static void Open(SymbolState state, OrderRecord order, decimal quantity, decimal price) =>
        state.Position = new PositionRecord
        {
            Id = order.PositionId,
            IntentId = order.IntentId,
            CorrelationId = state.Entry?.Record.CorrelationId ?? order.IntentId,
            Net = NetPosition.Flat.Apply(order.Side, quantity, price).Position,
            Leverage = order.Leverage ?? 1,
        };

    private static void Move(SymbolState state, Side side, decimal quantity, decimal price)
    {
        var position = state.Position!;
        var effect = position.Net.Apply(side, quantity, price);
        // The stop of what was held is on the wrong side of what is held now.
        if (effect.HasTurned) position.StopPrice = null;
        position.Net = effect.Position;
        if (effect.Position.IsFlat) state.Position = null;
    }

    // A further fill at a better price would loosen the stop: it only tightens.
    private void SetStop(SymbolState state, OrderRecord order)
    {
        if (state.Position is not { } position || state.Entry is not { } flight) return;
        if (flight.ClientOrderId != order.ClientOrderId) return;
        position.Leverage = order.Leverage ?? position.Leverage;
        var filters = settings.Symbols.Find(state.Symbol)!;
        var distance = 1 - position.Side.Sign() * (decimal)(flight.StopFraction ?? 0);
        var price = flight.StopPrice ?? position.EntryPrice * distance;
        position.StopPrice = Tighter(position, filters.TighterStop(position.Side, price));
    }

    private static decimal Tighter(PositionRecord position, decimal price)
    {
        if (position.StopPrice is not { } now) return price;
        return position.Side == PositionSide.Long ? Math.Max(now, price) : Math.Min(now, price);
    }

    /// <summary>A stop for a position that came without one, from the ILF's distance at its leverage.</summary>
    /// <returns>Null while neither a price nor the entry is known.</returns>
    public decimal? FallbackStop(PositionRecord position, Symbol symbol)
    {
        var fraction = Ilf.AdaptiveLevels.For(position.Leverage, null, null, null).StopLossFraction;
        var from = books.PriceOf(symbol)?.Price ?? position.EntryPrice;
        if (from <= 0) return null;
        return settings.Symbols.Find(symbol)!.TighterStop(
            position.Side, from * (1 - position.Side.Sign() * (decimal)fraction));
    }

    /// <summary>Makes the position what the venue says; the caller tells of it.</summary>
    public static void Adopt(SymbolState state, VenueDifference difference)
    {
        var held = state.Position;
        if (difference.Quantity == 0)
        {
            state.Position = null;
            return;
        }

        if (held is not null && held.Quantity * difference.Quantity > 0)
        {
            held.Net = NetPosition.At(difference.Quantity, difference.EntryPrice ?? held.EntryPrice);
            return;
        }

        var id = OrderIds.Position($"venue-{state.Symbol}-{difference.SinceMs}");
        state.Position = new PositionRecord
        {
            Id = id,
            IntentId = id,
            CorrelationId = id,
            // What it cost is the venue's to say: until it does it is not known, and nothing stands in for it.
            Net = difference.EntryPrice is { } price
                ? NetPosition.At(difference.Quantity, price)
                : new NetPosition(difference.Quantity, 0),
        };
    }

    /// <summary>True when a position that the venue tells of could be protected at once.</summary>
    public bool IsPriced(SymbolState state, VenueDifference difference) => difference.Quantity == 0
        || difference.EntryPrice is not null || books.PriceOf(state.Symbol) is not null;

    /// <summary>Takes the venue's word on what an adopted position cost, once it gives it.</summary>
    public static void LearnEntry(SymbolState state, decimal? entryPrice)
    {
        if (state.Position is { IsEntryKnown: false } position && entryPrice is > 0 and { } price)
            position.Net = NetPosition.At(position.Quantity, price);
    }
}
