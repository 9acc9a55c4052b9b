using System.Collections.Concurrent;
using Quantum.EventLog.Runner;
using Quantum.Exchanges;
using Quantum.Roles.Executor;

namespace Quantum.Executor.Venue;

/// <summary>
/// One symbol's way to the venue: one order after the other, what reduces risk before entries and questions, and while
/// one of those is waited for. An order is recorded before it is sent and sent once; what was answered ambiguously is
/// asked for by its client id before another order of the symbol goes out.
/// </summary>
internal sealed class OrderLane : IDisposable
{
    /// <summary>By how much a timer may come before its time, ms.</summary>
    private const int TimerGrainMs = 2;

    private readonly IOrderVenue _venue;
    private readonly SendJournal _journal;
    private readonly VenuePublisher _publisher;
    private readonly OrderLaneOptions _options;
    private readonly EntryStop _entries;
    private readonly VenueNotes _notes;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationToken _stop;
    private readonly long _begunMs;
    private readonly LaneLine _line = new();

    /// <summary>Questions in line: in an outage one each is enough.</summary>
    private readonly ConcurrentDictionary<string, byte> _asking = new(StringComparer.Ordinal);

    private readonly WithdrawnOrders _withdrawn = new();

    /// <summary>Sent by this process, whatever Redis remembers of it; the lane's thread alone.</summary>
    private readonly HashSet<string> _sent = new(StringComparer.Ordinal);

    public OrderLane(
        IOrderVenue venue, SendJournal journal, VenuePublisher publisher, OrderLaneOptions options, EntryStop entries,
        VenueNotes notes, TimeProvider time, ILogger log, CancellationToken stop)
    {
        (_venue, _journal, _publisher, _options, _entries, _notes, _time, _log, _stop) =
            (venue, journal, publisher, options, entries, notes, time, log, stop);
        _begunMs = NowMs();
        Done = Task.Run(RunAsync, CancellationToken.None);
    }

    /// <summary>Ends after <see cref="Close"/>, when all that was taken is done.</summary>
    public Task Done { get; }

    public void Take(OrderCommand command, GatewayInput input)
    {
        switch (command.Action)
        {
            case OrderAction.Place:
                _line.Put(command.ReduceOnly, () => PlaceAsync(command, input));
                break;
            case OrderAction.Cancel:
                _withdrawn.Add(command.ClientOrderId);
                _line.Put(isUrgent: true, () => CancelAsync(command, input));
                break;
            default:
                Ask(in command, () => AskAsync(command, input));
                break;
        }
    }

    /// <summary>Asks for an order of which nobody knows whether the venue has it.</summary>
    public void Resolve(SendRecord open) => Ask(open.Question, () => AskAsync(open.Question, null));

    /// <summary>After <see cref="Done"/>.</summary>
    public void Dispose() => _line.Dispose();

    public void Close() => _line.Put(isUrgent: false, () => throw new LaneClosedException());

    // What became of a stop or an exit stands before what became of an entry.
    private void Ask(in OrderCommand order, Func<Task> question)
    {
        var id = order.ClientOrderId;
        if (!_asking.TryAdd(id, 0)) return;
        PutQuestion(id, order.ReduceOnly, question);
    }

    private void PutQuestion(string id, bool isUrgent, Func<Task> question) => _line.Put(isUrgent, () =>
    {
        _asking.TryRemove(id, out _);
        return question();
    });

    // The lane goes on meanwhile.
    private void AskLater(in OrderCommand order, long afterMs, Func<Task> question)
    {
        var (id, isUrgent) = (order.ClientOrderId, order.ReduceOnly);
        if (!_asking.TryAdd(id, 0)) return;
        _ = PutLaterAsync();

        async Task PutLaterAsync()
        {
            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(afterMs), _time, _stop).ConfigureAwait(false);
                PutQuestion(id, isUrgent, question);
            }
            catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException)
            {
                // The lane is over: whoever comes next asks for it.
            }
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (true) await ServeAsync(await _line.NextAsync().ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (LaneClosedException)
        {
            // All that was taken is done.
        }
    }

    private async Task ServeAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (LaneClosedException)
        {
            throw;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // What was recorded as sending is asked for by whoever comes next.
        }
        catch (Exception fault)
        {
            // The executor asks for what got no answer; the lane must live for it.
            _log.LogError(fault, "a request to {Venue} failed: {Fault}", _venue.Name, fault.Message);
        }
    }

    private async Task PlaceAsync(OrderCommand order, GatewayInput input)
    {
        if (IsWithdrawn(in order, input)) return;
        if (!order.ReduceOnly && _entries.Of(order.Symbol) is { } why)
        {
            Refuse(in order, input, OrderStatus.Rejected, "entries_blocked", why);
            return;
        }

        if (IsDoubtful(in order, input) && await IsThereAsync(order, input).ConfigureAwait(false)) return;
        var entryUsd = order.ReduceOnly ? 0 : order.Quantity * (order.Price ?? order.ReferencePrice ?? 0);
        for (var passOpen = false; ;)
        {
            // It may have been cancelled while another one was asked for.
            if (IsWithdrawn(in order, input)) return;
            var right = _journal.Begin(in order, input.Position, entryUsd, passOpen, _stop);
            if (right.Verdict != SendVerdict.OtherIsOpen)
            {
                await FollowAsync(right, order, input).ConfigureAwait(false);
                return;
            }

            if (await ClearAsync(right.Detail, order).ConfigureAwait(false)) continue;
            if (!order.ReduceOnly)
            {
                Refuse(in order, input, OrderStatus.Rejected, "order_unresolved",
                    $"the venue does not say what became of {right.Detail}");
                return;
            }

            // What reduces risk must not wait for ever for the very thing that it would mend.
            passOpen = true;
        }
    }

    private bool IsWithdrawn(in OrderCommand order, GatewayInput input)
    {
        if (!_withdrawn.Take(order.ClientOrderId)) return false;
        Refuse(in order, input, OrderStatus.Canceled, "canceled", "it was cancelled before it was sent");
        return true;
    }

    /// <summary>Asks for what is open before another order of the symbol goes; true when it is no more.</summary>
    private async Task<bool> ClearAsync(string open, OrderCommand next)
    {
        // All of them: whoever passes one passes every one.
        foreach (var id in _journal.OpenIds(_stop))
        {
            if (id == next.ClientOrderId || _journal.Find(id, _stop) is not { IsOpen: true } other) continue;
            if (other.Question.Symbol != next.Symbol) continue;
            var isStop = next.Purpose == OrderPurpose.Stop;
            if (MayPass(in next, other)) await AskAsync(other.Question, null, holds: isStop).ConfigureAwait(false);
            else await ResolveAsync(other).ConfigureAwait(false);
        }

        return !IsOpen(open);
    }

    private bool IsOpen(string clientOrderId) => _journal.Find(clientOrderId, _stop) is { IsOpen: true };

    // One more stop, or one more order that can only reduce, does no harm beside another one that may still arrive: one
    // question is enough. An exit waits until an entry can arrive no more.
    private static bool MayPass(in OrderCommand next, SendRecord open) =>
        next.ReduceOnly && (next.Purpose == OrderPurpose.Stop || open.Question.ReduceOnly);

    // Redis may have lost its last second: an order that could have been sent and is not on record is asked for first.
    private bool IsDoubtful(in OrderCommand order, GatewayInput input) =>
        (input.Deliveries > 1 || _sent.Contains(order.ClientOrderId)
            || (!order.ReduceOnly && NowMs() - _begunMs < _options.DoubtAfterStartMs))
        && _journal.Find(order.ClientOrderId, _stop) is null;

    private async Task<bool> IsThereAsync(OrderCommand order, GatewayInput input)
    {
        // A stop that is there already is refused by its id: it need not be asked for twice.
        var answer = order.Purpose == OrderPurpose.Stop
            ? await CallAsync(_venue.QueryAsync, order).ConfigureAwait(false)
            : await AskUntilSureAsync(order, 0).ConfigureAwait(false);
        if (answer.Status == OrderStatus.NotFound) return false;
        if (answer.Status != OrderStatus.Unknown) Tell(in answer, input);
        else if (!order.ReduceOnly)
            Refuse(in order, input, OrderStatus.Rejected, "order_unresolved",
                "the venue does not say whether it has it");
        else return false;
        return true;
    }

    private async Task FollowAsync(SendRight right, OrderCommand order, GatewayInput input)
    {
        switch (right.Verdict)
        {
            case SendVerdict.Send or SendVerdict.SendPastLimit:
                await SendAsync(order, input, right).ConfigureAwait(false);
                if (right.Verdict == SendVerdict.SendPastLimit) AlarmPastLimit(order.Symbol);
                break;
            case SendVerdict.Ask:
                await AskAsync(order, input).ConfigureAwait(false);
                break;
            case SendVerdict.Late:
                Refuse(in order, input, OrderStatus.Expired, "deadline",
                    $"its deadline was {order.DeadlineMs}, it would be sent at {right.Detail}");
                break;
            case SendVerdict.Limit:
                Refuse(in order, input, OrderStatus.Rejected, "send_limit",
                    $"{order.Symbol} has had {right.Detail} within a minute, the most there may be");
                break;
            case SendVerdict.Killed:
                Refuse(in order, input, OrderStatus.Rejected, "kill_switch", $"entries are stopped: {right.Detail}");
                break;
            case SendVerdict.NotCopied:
                Refuse(in order, input, OrderStatus.Rejected, "not_replicated",
                    $"no replica of Redis had its record within {right.Detail} ms");
                break;
            case SendVerdict.Silent:
                Refuse(in order, input, OrderStatus.Rejected, "governance_silent", right.Detail);
                break;
            case SendVerdict.Halted:
                Refuse(in order, input, OrderStatus.Rejected, "halted", $"the risk mode is halt: {right.Detail}");
                break;
            default:
                _log.LogWarning("{Order} is not sent: {Owner} holds the seat", order.ClientOrderId, right.Detail);
                break;
        }
    }

    // What reduces risk is never held up by the backstop, but that many of it in a minute is a fault somewhere.
    private void AlarmPastLimit(Symbol symbol) => _notes.Tell(
        new VenueNotice(
            FindingCodes.SendLimitPassed, symbol.Name, Severity.Critical,
            $"{symbol} has sent more than {_options.MaxOrdersPerMinute} orders within a minute; what reduces risk is "
            + "still sent, entries are not.",
            $"./quantum why {symbol} tells what is sent so often; ./quantum kill on --reason … ends all entries"),
        VenueNotes.Once, _stop);

    // The right to send is for one receive window: whoever takes the seat over counts on that. It is counted by our own
    // clock from before the right was asked for, since whoever sends looks at that one; records are by Redis' clock.
    private async Task SendAsync(OrderCommand order, GatewayInput input, SendRight right)
    {
        var latestMs = right.AskedMs + (long)_venue.ReceiveWindow.TotalMilliseconds;
        _sent.Add(order.ClientOrderId);
        var answer = await CallAsync(
            _venue.PlaceAsync, order with { DeadlineMs = Math.Min(order.DeadlineMs ?? latestMs, latestMs) })
            .ConfigureAwait(false);
        _journal.Settle(
            order.ClientOrderId, answer.Status == OrderStatus.Unknown ? SendState.Unknown : SendState.Done,
            right.GrantedMs, _stop);
        Tell(in answer, input);
    }

    private async Task CancelAsync(OrderCommand order, GatewayInput input)
    {
        var answer = await CallAsync(_venue.CancelAsync, order).ConfigureAwait(false);
        if (answer.Status == OrderStatus.NotFound) await AskAsync(order, input).ConfigureAwait(false);
        else if (answer.Status != OrderStatus.Unknown) Tell(in answer, input);
        // Its Place, if it still waits, is behind this.
        if (_sent.Contains(order.ClientOrderId)) _withdrawn.Take(order.ClientOrderId);
    }

    /// <param name="order">What is asked for.</param>
    /// <param name="input">The command that asks; null when the lane itself does.</param>
    /// <param name="wasAbsent">True when it was not found before, at a time when it could arrive no more.</param>
    /// <param name="holds">True for a stop that waits for it: what came after the stop does not go before.</param>
    private async Task AskAsync(
        OrderCommand order, GatewayInput? input, bool wasAbsent = false, bool holds = false)
    {
        var sent = _journal.Find(order.ClientOrderId, _stop);
        var isPast = UntilDeadMs(sent?.SentMs ?? 0) <= 0;
        var answer = await (holds ? CallAsync(_venue.QueryAsync, order) : QuestionAsync(order)).ConfigureAwait(false);
        // Not a word is no answer: the executor asks again.
        if (answer.Status == OrderStatus.Unknown) return;
        // What was sent meanwhile is younger than the answer.
        var isSure = isPast && wasAbsent && _journal.Find(order.ClientOrderId, _stop)?.SentMs == sent?.SentMs;
        if (answer.Status == OrderStatus.NotFound && !isSure)
        {
            // Where a position may stand without its stop, that it is not there yet is worth to be known at once.
            if (order.ReduceOnly && sent is { IsOpen: true })
                Tell(OrderUpdate.To(in order, OrderStatus.Unknown, "not_there_yet", answer.Reason), input);
            AskLater(in order, PauseMs(sent?.SentMs ?? 0), () => AskAsync(order, input, isPast));
            return;
        }

        Settle(sent, in answer);
        Tell(in answer, input);
    }

    private async Task ResolveAsync(SendRecord open)
    {
        var answer = await AskUntilSureAsync(open.Question, open.SentMs).ConfigureAwait(false);
        if (answer.Status == OrderStatus.Unknown) return;
        Settle(open, in answer);
        Tell(in answer, null);
    }

    private void Settle(SendRecord? sent, in OrderUpdate answer)
    {
        if (sent is not { IsOpen: true }) return;
        var (id, isAbsent) = (sent.Question.ClientOrderId, answer.Status == OrderStatus.NotFound);
        _journal.Settle(id, isAbsent ? SendState.Absent : SendState.Done, sent.SentMs, _stop);
        if (isAbsent) _sent.Remove(id);
    }

    // A request may wait for its turn for one receive window and be under way for another: only after that, and twice,
    // is "not found" believed.
    private async Task<OrderUpdate> AskUntilSureAsync(OrderCommand order, long sentMs)
    {
        for (var wasAbsent = false; ;)
        {
            var isPast = UntilDeadMs(sentMs) <= 0;
            var answer = await QuestionAsync(order).ConfigureAwait(false);
            if (answer.Status != OrderStatus.NotFound || (isPast && wasAbsent)) return answer;
            wasAbsent = isPast;
            var pause = Task.Delay(TimeSpan.FromMilliseconds(PauseMs(sentMs)), _time, _stop);
            await _line.ServeUntilAsync(pause, ServeAsync).ConfigureAwait(false);
            await pause.ConfigureAwait(false);
        }
    }

    private long UntilDeadMs(long sentMs) =>
        sentMs + 2 * (long)_venue.ReceiveWindow.TotalMilliseconds + _options.WindowMarginMs - _journal.NowMs(_stop);

    private long PauseMs(long sentMs) => Math.Max(UntilDeadMs(sentMs) + TimerGrainMs, _options.WindowMarginMs);

    // A slow answer holds up nothing that reduces risk; one more, asked for meanwhile, buries no close that waits.
    private async Task<OrderUpdate> QuestionAsync(OrderCommand order)
    {
        if (_line.IsServing) return await CallAsync(_venue.QueryAsync, order).ConfigureAwait(false);
        var call = CallAsync(_venue.QueryAsync, order);
        await _line.ServeUntilAsync(call, ServeAsync).ConfigureAwait(false);
        return await call.ConfigureAwait(false);
    }

    // A request that is under way is not cut off by a stop: its answer is worth more than the second it takes.
    private async Task<OrderUpdate> CallAsync(
        Func<OrderCommand, CancellationToken, ValueTask<OrderUpdate>> call, OrderCommand order)
    {
        try
        {
            return await call(order, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            _log.LogError(fault, "{Venue} gave no answer to {Action} {Order}: {Fault}", _venue.Name, order.Action,
                order.ClientOrderId, fault.Message);
            return OrderUpdate.To(in order, OrderStatus.Unknown, null, fault.Message);
        }
    }

    private void Refuse(in OrderCommand order, GatewayInput input, OrderStatus status, string code, string words) =>
        Tell(OrderUpdate.To(in order, status, code, words), input);

    private void Tell(in OrderUpdate answer, GatewayInput? input) =>
        _publisher.Tell(in answer, input?.CorrelationId, input?.EventId, CancellationToken.None);

    private long NowMs() => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Ends the lane after all that came before.</summary>
    private sealed class LaneClosedException : Exception;
}
