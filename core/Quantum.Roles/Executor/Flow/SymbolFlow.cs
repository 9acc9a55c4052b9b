using Quantum.Roles.Executor.State;

namespace Quantum.Roles.Executor.Flow;

/// <summary>The input being handled, the outbox, and now.</summary>
internal readonly ref struct Moment(long nowMs, Outbox outbox)
{
    /// <summary>UTC epoch ms.</summary>
    public long NowMs { get; } = nowMs;

    public Outbox Outbox { get; } = outbox;
}

/// <summary>
/// What happens within one symbol: each input changes records, then <see cref="Settle"/> draws every consequence in
/// one fixed order: ends, stops, exits, entries.
/// </summary>
internal sealed class SymbolFlow
{
    private readonly Orders _orders;
    private readonly Fills _fills;
    private readonly Entries _entries;
    private readonly StopIntents _stopIntents;
    private readonly Exits _exits;
    private readonly Stops _stops;
    private readonly Reconciling _reconcile;

    public SymbolFlow(ExecutorSettings settings, ExecutorBooks books)
    {
        _orders = new Orders(settings);
        _fills = new Fills(settings, books);
        _entries = new Entries(settings, books);
        _stopIntents = new StopIntents(settings, books);
        _exits = new Exits(settings, _stopIntents);
        _stops = new Stops(settings, _fills);
        _reconcile = new Reconciling(settings, _fills);
    }

    /// <summary>Ends an intent before it touches the symbol's state.</summary>
    public static void Refuse(Outbox outbox, IntentRecord record, Outcome outcome, Reason refusal) =>
        Results.End(outbox, record, outcome, refusal);

    public void OnIntent(in Moment moment, SymbolState state, IntentRecord record)
    {
        if (record.Intent.IsExit()) _exits.Take(in moment, state, record);
        else Entries.Take(in moment, state, record);
        Settle(in moment, state);
    }

    /// <param name="moment">Now.</param>
    /// <param name="state">The symbol.</param>
    /// <param name="update">What the venue says.</param>
    /// <param name="atMs">When it was so, UTC epoch ms.</param>
    public void OnUpdate(in Moment moment, SymbolState state, in OrderUpdate update, long atMs)
    {
        NoteLiquidation(state, in update);
        switch (update.Kind)
        {
            case UpdateKind.Order or UpdateKind.Fill:
                OnOrder(in moment, state, in update, atMs);
                break;
            case UpdateKind.Funding:
                OnFunding(state, in update);
                break;
            case UpdateKind.Liquidation:
                OnLiquidation(in moment, state, in update, atMs);
                break;
            case UpdateKind.Position:
                Reconciling.OnPosition(in moment, state, in update, atMs);
                break;
        }

        Settle(in moment, state);
    }

    public void OnClock(in Moment moment, SymbolState state)
    {
        Exits.OnClock(in moment, state);
        Entries.OnClock(in moment, state);
        _orders.OnClock(in moment, state);
        _stops.OnClock(in moment, state);
        _reconcile.OnClock(in moment, state);
        Settle(in moment, state);
    }

    /// <summary>Entries stop at once; exits go on.</summary>
    public void BlockEntries(in Moment moment, SymbolState state, Reason why)
    {
        Entries.Block(in moment, state, why);
        Settle(in moment, state);
    }

    /// <summary>A person takes over what the venue holds and this system did not open.</summary>
    public void Adopt(in Moment moment, SymbolState state)
    {
        Reconciling.TakeOver(in moment, state);
        Settle(in moment, state);
    }

    private void Settle(in Moment moment, SymbolState state)
    {
        Entries.Conclude(in moment, state);
        TellFunding(in moment, state);
        if (!state.HoldsResults) Exits.Conclude(in moment, state);
        StopIntents.Conclude(in moment, state);
        TellOtherFills(in moment, state);
        _stops.Tend(in moment, state);
        _exits.StartNext(in moment, state);
        _entries.StartNext(in moment, state);
        state.Prune();
    }

    private void OnOrder(in Moment moment, SymbolState state, in OrderUpdate update, long atMs)
    {
        if (state.FindOrder(update.ClientOrderId) is not { } order)
        {
            // Its fills, if any, show up as a difference of the position.
            moment.Outbox.Count("order", "not_ours", state.Symbol.Name);
            if (OrderIds.IsOurs(update.ClientOrderId) && update.Kind == UpdateKind.Fill && IsNew(state, in update))
                Reconciling.OnForgottenFill(in moment, state, in update, atMs);
            Reconciling.OnStray(in moment, state, in update);
            return;
        }

        var (before, wasFlat) = (order.FilledQuantity, state.Position is null);
        if (update.Kind == UpdateKind.Fill) _fills.OnFill(state, order, in update);
        _fills.OnTotal(state, order, in update);
        if (order.FilledQuantity != before)
        {
            state.MovedAtMs = atMs;
            if (wasFlat && order.ReduceOnly) moment.Outbox.Count("order", "nothing_to_reduce", state.Symbol.Name);
        }

        NoteLiquidation(state, in update);
        _orders.OnStatus(in moment, state, order, in update);
    }

    // Fills of stops, of emergency closes, and of orders whose intent has already had its one end; and what the venue
    // charged for fills of which it told the total first.
    private static void TellOtherFills(in Moment moment, SymbolState state)
    {
        foreach (var order in state.Orders)
        {
            var isFee = order.FilledQuantity == order.ReportedQuantity && order.FeeUsd != order.ReportedFeeUsd;
            if (!order.IsDone || (order.FilledQuantity <= order.ReportedQuantity && !isFee)) continue;
            var isFlight = order.ClientOrderId == state.Entry?.ClientOrderId
                || order.ClientOrderId == state.Exit?.ClientOrderId;
            if (isFlight) continue;
            if (state.HoldsResults && !isFee)
            {
                // The position is being closed already: no more of it.
                Entries.CancelRest(in moment, state, "closed_early");
                continue;
            }

            var (kind, code) = isFee ? (ResultKind.LateFill, "late_fee")
                : order.Purpose == OrderPurpose.Stop ? (ResultKind.Stop, "stop_loss")
                : order.IsEmergency ? (ResultKind.Stop, "unprotected") : (ResultKind.LateFill, "late_fill");
            Results.Tell(moment.Outbox, kind, state, order,
                new Reason(code, $"{order.Purpose} order {order.ClientOrderId}"));
        }
    }

    private static void OnFunding(SymbolState state, in OrderUpdate update)
    {
        if (update.FundingUsd is { } fundingUsd && IsNew(state, in update)) state.HeldFundingUsd += fundingUsd;
    }

    private static void TellFunding(in Moment moment, SymbolState state)
    {
        if (state.HeldFundingUsd == 0 || state.HoldsResults) return;
        var fundingUsd = state.HeldFundingUsd;
        state.HeldFundingUsd = 0;
        var change = Results.Change(ResultKind.Funding, state, new Reason("funding", $"{fundingUsd} USD"));
        Results.Tell(moment.Outbox, change with { FundingUsd = fundingUsd }, state.Position);
    }

    private static void OnLiquidation(in Moment moment, SymbolState state, in OrderUpdate update, long atMs)
    {
        if (update.LastFillQuantity <= 0 || update.Side is not { } side || !IsNew(state, in update)) return;
        // Somebody else's position is no loss of ours.
        if (state.Position is not { } position)
        {
            moment.Outbox.Count("order", "nothing_to_reduce", state.Symbol.Name);
            return;
        }

        var quantity = Math.Min(update.LastFillQuantity, position.Size);
        Fills.OnForcedFill(state, side, quantity, update.LastFillPrice!.Value);
        state.MovedAtMs = atMs;
        state.ToldQuantity += side.Sign() * quantity;
        var change = Results.Change(
            ResultKind.Liquidation, state, new Reason("liquidation", $"{quantity} at {update.LastFillPrice}"));
        Results.Tell(
            moment.Outbox,
            change with
            {
                Side = side, FilledQuantity = quantity, AveragePrice = update.LastFillPrice, FeeUsd = update.FeeUsd,
            },
            position);
    }

    private static void NoteLiquidation(SymbolState state, in OrderUpdate update)
    {
        if (update.LiquidationPrice is { } price && state.Position is { } open) open.LiquidationPrice = price;
    }

    private static bool IsNew(SymbolState state, in OrderUpdate update) =>
        update.VenueTradeId is not { } trade || state.TryCountTrade(trade);
}
