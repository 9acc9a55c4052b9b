using Quantum.Roles.Executor.State;

namespace Quantum.Roles.Executor.Flow;

/// <summary>
/// Holds what the venue says of a symbol against what is known of it. A difference that no fill explains becomes one
/// adjustment; a position that nobody here opened is left alone where the settings say so; a stop that is not there any
/// more is asked for; an order of ours that nobody remembers is cancelled.
/// </summary>
internal sealed class Reconciling(ExecutorSettings settings, Fills fills)
{
    /// <summary>Takes the venue's word on the position.</summary>
    /// <param name="moment">Now.</param>
    /// <param name="state">The symbol.</param>
    /// <param name="update">The word.</param>
    /// <param name="atMs">When it was so, UTC epoch ms.</param>
    public static void OnPosition(in Moment moment, SymbolState state, in OrderUpdate update, long atMs)
    {
        if (update.PositionQuantity is not { } quantity) return;
        // A comparison takes a while: what it read first may be older than a fill that was told meanwhile.
        var isCompared = update.StopQuantity is not null;
        if (isCompared && atMs <= state.MovedAtMs) return;
        if (quantity == state.PositionQuantity)
        {
            state.Difference = state.Foreign = null;
            // What a comparison read before such a fill says nothing of it.
            if (!isCompared || atMs > state.ForgottenAtMs) state.ForgottenQuantity = 0;
            Fills.LearnEntry(state, update.PositionEntryPrice);
        }
        else if (state is { Foreign: { } foreign, Position: null })
            state.Foreign = foreign with { Quantity = quantity, EntryPrice = update.PositionEntryPrice };
        else if (state.Difference?.Quantity != quantity)
            state.Difference = new VenueDifference(
                quantity, update.PositionEntryPrice, moment.NowMs, isCompared, update.StopQuantity > 0);
        else if (isCompared)
            state.Difference = state.Difference with { IsCompared = true, HasOurStop = update.StopQuantity > 0 };
        AskForStop(in moment, state, in update);
        if (isCompared) AskForWorking(in moment, state);
    }

    /// <summary>Adopts a difference that has lasted: only what late fills do not explain.</summary>
    public void OnClock(in Moment moment, SymbolState state)
    {
        if (state.Difference is not { } difference) return;
        if (difference.Quantity == state.PositionQuantity)
        {
            state.Difference = null;
            return;
        }

        if (state.Entry is not null || state.Exit is not null) return;
        var ageMs = moment.NowMs - difference.SinceMs;
        if (ageMs < settings.AdoptAfterMs || WaitsForStop(in moment, state, difference)) return;
        // At an exchange its fill may have been lost: taken for none, it would be counted twice when it is read.
        if (state.Position is not null && settings.MaxVenueAgeMs is not null && !difference.IsCompared) return;
        if (state.Position is null && !IsOurs(state, difference) && !settings.AdoptsForeignPositions)
        {
            state.Difference = null;
            state.Foreign = difference;
            moment.Outbox.Count("account", "foreign_position", state.Symbol.Name);
            return;
        }

        // Without any price it could not be protected: one is waited for a little, then it is adopted and closed.
        if (fills.IsPriced(state, difference) || ageMs >= settings.AdoptAfterMs + settings.AnswerTimeoutMs)
            Adopt(in moment, state, difference);
    }

    private static bool IsOurs(SymbolState state, VenueDifference difference) =>
        difference.HasOurStop || state.ForgottenQuantity * difference.Quantity > 0;

    /// <summary>
    /// Notes a fill of an order of ours that Redis forgot with its last second: the position that it opened is no
    /// foreign one, and must not be left without a stop.
    /// </summary>
    public static void OnForgottenFill(in Moment moment, SymbolState state, in OrderUpdate update, long atMs)
    {
        if (update.Side is not { } side) return;
        state.ForgottenAtMs = Math.Max(state.ForgottenAtMs, atMs);
        state.ForgottenQuantity += side.Sign() * update.LastFillQuantity;
        if (state.Foreign is not { } foreign || !IsOurs(state, foreign)) return;
        (state.Foreign, state.Difference) = (null, foreign with { SinceMs = moment.NowMs });
    }

    // A stop that was hit while nobody listened explains a position that is gone: it is asked before anything is
    // adopted.
    private bool WaitsForStop(in Moment moment, SymbolState state, VenueDifference difference)
    {
        if (settings.MaxVenueAgeMs is null) return false;
        if (state.FindOrder(state.Stop.RestingId) is not { Stage: OrderStage.Known } resting) return false;
        if (difference.IsAsked)
            return resting.AwaitsAnswer && moment.NowMs - resting.AskedAtMs < settings.AnswerTimeoutMs;
        state.Difference = difference with { IsAsked = true };
        Orders.Ask(in moment, state, resting);
        return true;
    }

    /// <summary>Makes a position that nobody here opened ours.</summary>
    public static void TakeOver(in Moment moment, SymbolState state)
    {
        if (state is not { Foreign: { } foreign, Position: null }) return;
        state.Foreign = null;
        Adopt(in moment, state, foreign);
    }

    /// <summary>
    /// Cancels an order of ours that nobody here remembers, as a stop that outlived its position. Not while a position
    /// is without a stop of its own: until that rests, this one may be all that protects it.
    /// </summary>
    public static void OnStray(in Moment moment, SymbolState state, in OrderUpdate update)
    {
        var isLive = update.Status is OrderStatus.Accepted or OrderStatus.PartiallyFilled;
        if (update.Kind != UpdateKind.Order || !isLive || !OrderIds.IsOurs(update.ClientOrderId)) return;
        if (state.Foreign is not null || state.Difference is not null) return;
        if (state.Position is not null && state.Stop.RestingId is null) return;
        moment.Outbox.Count("order", "stray", state.Symbol.Name);
        moment.Outbox.Publish(StreamCatalog.OrderCommand, new OrderCommand
        {
            Action = OrderAction.Cancel,
            ClientOrderId = update.ClientOrderId!,
            IntentId = update.ClientOrderId!,
            Symbol = state.Symbol,
            Side = update.Side ?? Side.Sell,
            Type = OrderType.StopMarket,
            Purpose = OrderPurpose.Stop,
            Quantity = 0,
            ReduceOnly = true,
        });
    }

    private static void Adopt(in Moment moment, SymbolState state, VenueDifference difference)
    {
        state.Difference = null;
        var held = state.PositionQuantity;
        var before = state.Position;
        Fills.Adopt(state, difference);
        state.ToldQuantity = difference.Quantity - state.UntoldQuantity;
        var reason = new Reason("position_adjusted", $"the venue holds {difference.Quantity}, our fills make {held}");
        Results.Tell(
            moment.Outbox, Results.Change(ResultKind.Adjustment, state, reason), state.Position ?? before);
    }

    // The end of an order that works by our books may have been lost with the account's stream, and what it has filled
    // is told at its end: it is asked for at each comparison.
    private static void AskForWorking(in Moment moment, SymbolState state)
    {
        foreach (var order in state.Orders)
            if (order is { Stage: OrderStage.Known, IsAwaited: false, Purpose: not OrderPurpose.Stop })
                Orders.Ask(in moment, state, order);
    }

    // What rests by our books does not protect by the venue's: the order itself is asked for, and its end is believed;
    // where it is there, it is not the one that was sent, and another one takes its place.
    private static void AskForStop(in Moment moment, SymbolState state, in OrderUpdate update)
    {
        if (update.StopQuantity is not { } covered || state.Position is not { } position) return;
        if (covered >= position.Size || state.Difference is not null) return;
        if (state.FindOrder(state.Stop.RestingId) is not { Stage: OrderStage.Known, IsAwaited: false } resting) return;
        moment.Outbox.Count("unprotected", "stop_not_there", state.Symbol.Name);
        resting.IsDoubted = true;
        Orders.Ask(in moment, state, resting);
    }
}
