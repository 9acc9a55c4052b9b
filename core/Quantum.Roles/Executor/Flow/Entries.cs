using Quantum.Roles.Executor.Risk;
using Quantum.Roles.Executor.State;

namespace Quantum.Roles.Executor.Flow;

/// <summary>Takes entries from acceptance to their one result: newest wins, one in flight per symbol.</summary>
internal sealed class Entries(ExecutorSettings settings, ExecutorBooks books)
{
    /// <summary>Lets a fresh entry wait for its turn; an older one that waits, or comes late, is superseded.</summary>
    public static void Take(in Moment moment, SymbolState state, IntentRecord record)
    {
        if (record.AtMs < state.NewestEntryAtMs)
        {
            Supersede(in moment, state, record,
                $"an intent of {state.NewestEntryAtMs} was already taken, this one is of {record.AtMs}");
            return;
        }

        state.NewestEntryAtMs = record.AtMs;
        if (state.WaitingEntry is { } older) Supersede(in moment, state, older, $"intent {record.Id} is newer");
        state.WaitingEntry = record;
    }

    /// <summary>Starts the waiting entry when nothing else is in flight for the symbol.</summary>
    public void StartNext(in Moment moment, SymbolState state)
    {
        if (state.WaitingEntry is not { } record || state.Entry is not null || state.Exit is not null) return;
        if (state.WaitingExits.Count > 0) return;
        state.WaitingEntry = null;
        if (moment.NowMs > record.DeadlineMs)
        {
            Results.End(moment.Outbox, record, Outcome.Expired, Late(in moment, record), state);
            return;
        }

        var approved = ApprovedEntry.Judge(new RiskCase(record, moment.NowMs, books, settings),
            out var refusal);
        if (approved is null) Results.End(moment.Outbox, record, Outcome.Denied, refusal!, state);
        else Open(in moment, state, record, approved);
    }

    /// <summary>Ends the entry in flight once its order can trade no more.</summary>
    public static void Conclude(in Moment moment, SymbolState state)
    {
        if (state.Entry is not { } flight || state.OrderOf(flight) is not { IsDone: true } order) return;
        state.Entry = null;
        var (outcome, reason) = Outcomes.Of(order, flight.CancelCode);
        Results.End(moment.Outbox, flight, order, outcome, reason, state);
    }

    /// <summary>Lets go of what waits too long and cancels what works too long.</summary>
    public static void OnClock(in Moment moment, SymbolState state)
    {
        if (state.WaitingEntry is { } waiting && moment.NowMs > waiting.DeadlineMs)
        {
            state.WaitingEntry = null;
            Results.End(moment.Outbox, waiting, Outcome.Expired, Late(in moment, waiting), state);
        }

        if (state.Entry is { } flight && moment.NowMs > flight.Record.DeadlineMs)
            CancelRest(in moment, state, "deadline");
    }

    /// <summary>Takes back the rest of the entry in flight.</summary>
    public static void CancelRest(in Moment moment, SymbolState state, string code)
    {
        if (state.Entry is not { } flight || state.OrderOf(flight) is not { IsDone: false } order) return;
        flight.CancelCode ??= code;
        Orders.Cancel(in moment, state, order);
    }

    /// <summary>Entries stop at once: the waiting one is denied, the working one cancelled.</summary>
    public static void Block(in Moment moment, SymbolState state, Reason why)
    {
        CancelRest(in moment, state, why.Code);
        if (state.WaitingEntry is not { } waiting) return;
        state.WaitingEntry = null;
        Results.End(moment.Outbox, waiting, Outcome.Denied, why, state);
    }

    private static void Open(in Moment moment, SymbolState state, IntentRecord record, ApprovedEntry approved)
    {
        var positionId = state.Position?.Id ?? OrderIds.Position(record.Id);
        var order = OrderPlans.Entry(approved, record, positionId);
        state.Entry = new Flight
        {
            Record = record,
            ClientOrderId = order.ClientOrderId,
            PositionId = positionId,
            ReferencePrice = approved.Terms.ReferencePrice,
            Leverage = approved.Terms.Leverage,
            StopFraction = approved.Terms.StopFraction,
            StopPrice = approved.Terms.FixedStopPrice,
            Gates = new WireList<PassedGate>(approved.Gates),
        };
        Orders.Place(in moment, state, order);
    }

    private static void Supersede(in Moment moment, SymbolState state, IntentRecord record, string words) =>
        Results.End(moment.Outbox, record, Outcome.Superseded, new Reason("superseded", words), state);

    private static Reason Late(in Moment moment, IntentRecord record) =>
        new("stale", $"waited past its deadline {record.DeadlineMs}, it is {moment.NowMs}");
}
