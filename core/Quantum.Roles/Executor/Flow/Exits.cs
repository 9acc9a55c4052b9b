using Quantum.Roles.Executor.Risk;
using Quantum.Roles.Executor.State;
using Quantum.Roles.Symbols;

namespace Quantum.Roles.Executor.Flow;

/// <summary>
/// Takes reduce-only intents: they pass no gate of the entries, go before them, and never turn a position round. A
/// full close supersedes every exit that waits; a newer stop move supersedes an older one; partial exits keep their
/// order.
/// </summary>
internal sealed class Exits(ExecutorSettings settings, StopIntents stopIntents)
{
    public void Take(in Moment moment, SymbolState state, IntentRecord record)
    {
        if (ExitChecks.Refuse(state, record, FiltersOf(state)) is { } refusal)
        {
            Results.End(moment.Outbox, record, Outcome.Denied, refusal, state);
            return;
        }

        var isFullClose = !record.Intent.IsStopMove() && record.Intent.Quantity is null;
        for (var i = state.WaitingExits.Count - 1; i >= 0; i--)
        {
            var older = state.WaitingExits[i];
            if (!isFullClose && !Replaces(record.Intent, older.Intent)) continue;
            state.WaitingExits.RemoveAt(i);
            Results.End(
                moment.Outbox, older, Outcome.Superseded,
                new Reason("superseded", $"intent {record.Id} replaces it"), state);
        }

        state.WaitingExits.Add(record);
    }

    // A person may have asked for a tighter stop than the rules do now: it is not given up for a looser one.
    private static bool Replaces(in TradeIntent newer, in TradeIntent older) =>
        newer.IsStopMove() && older.IsStopMove()
        && newer.Side.Sign() * (newer.StopLoss - older.StopLoss) <= 0;

    /// <summary>
    /// Starts what can be started: an exit when none is in flight, a stop move when no stop is being replaced.
    /// </summary>
    public void StartNext(in Moment moment, SymbolState state)
    {
        for (var i = 0; i < state.WaitingExits.Count;)
        {
            var record = state.WaitingExits[i];
            var isBlocked = record.Intent.IsStopMove() ? !StopIntents.CanStart(state) : state.Exit is not null;
            if (isBlocked)
            {
                i++;
                continue;
            }

            state.WaitingExits.RemoveAt(i);
            Start(in moment, state, record);
        }
    }

    public static void Conclude(in Moment moment, SymbolState state)
    {
        if (state.Exit is not { } flight || state.OrderOf(flight) is not { IsDone: true } order) return;
        state.Exit = null;
        var (outcome, reason) = Outcomes.Of(order, flight.CancelCode);
        Results.End(moment.Outbox, flight, order, outcome, reason, state);
    }

    public static void OnClock(in Moment moment, SymbolState state)
    {
        for (var i = state.WaitingExits.Count - 1; i >= 0; i--)
        {
            var record = state.WaitingExits[i];
            if (moment.NowMs <= record.DeadlineMs) continue;
            state.WaitingExits.RemoveAt(i);
            Expire(in moment, state, record);
        }

        if (state.Exit is not { } flight || moment.NowMs <= flight.Record.DeadlineMs) return;
        if (state.OrderOf(flight) is not { IsDone: false } order) return;
        flight.CancelCode ??= "deadline";
        Orders.Cancel(in moment, state, order);
    }

    private void Start(in Moment moment, SymbolState state, IntentRecord record)
    {
        if (moment.NowMs > record.DeadlineMs)
        {
            Expire(in moment, state, record);
            return;
        }

        // The position may have gone while it waited.
        if (ExitChecks.Refuse(state, record, FiltersOf(state)) is { } refusal)
            Results.End(moment.Outbox, record, Outcome.Denied, refusal, state);
        else if (record.Intent.IsStopMove())
            stopIntents.Start(in moment, state, record);
        else
            Reduce(in moment, state, record, state.Position!);
    }

    private void Reduce(in Moment moment, SymbolState state, IntentRecord record, PositionRecord position)
    {
        Entries.CancelRest(in moment, state, "exit_first");
        var order = OrderPlans.Reduce(position, record.Id, "exit", QuantityOf(record, position, FiltersOf(state)));
        state.Exit = new Flight { Record = record, ClientOrderId = order.ClientOrderId, PositionId = position.Id };
        Orders.Place(in moment, state, order);
    }

    // What would be left below the least quantity could not be traded by itself: it goes with this exit.
    private static decimal QuantityOf(IntentRecord record, PositionRecord position, SymbolFilters filters)
    {
        if (record.Intent.Quantity is not { } wanted) return position.Size;
        if (wanted >= position.Size) return position.Size;
        var quantity = filters.FloorQuantity(wanted);
        return position.Size - quantity < filters.MinQuantity ? position.Size : quantity;
    }

    private SymbolFilters FiltersOf(SymbolState state) => settings.Symbols.Find(state.Symbol)!;

    private static void Expire(in Moment moment, SymbolState state, IntentRecord record) => Results.End(
        moment.Outbox, record, Outcome.Expired,
        new Reason("stale", $"waited past its deadline {record.DeadlineMs}, it is {moment.NowMs}"), state);
}
