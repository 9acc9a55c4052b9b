using System.Collections.Concurrent;
using System.Globalization;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.EventLog.Runner;
using Quantum.Exchanges;

namespace Quantum.Executor.Venue;

/// <summary>
/// One symbol's way to the venue: one request after the other, what reduces risk before entries and questions. An order
/// is recorded before it is sent and sent once; what was answered ambiguously is asked for by its client id before
/// another order of the symbol goes out.
/// </summary>
internal sealed class OrderLane : IDisposable
{
    private const int MostWithdrawn = 1_000;

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
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly ConcurrentQueue<Func<Task>> _urgent = new();
    private readonly ConcurrentQueue<Func<Task>> _ordinary = new();

    /// <summary>Questions in line: in an outage one each is enough.</summary>
    private readonly ConcurrentDictionary<string, byte> _asking = new(StringComparer.Ordinal);

    /// <summary>
    /// Orders that were cancelled before they were sent; of those that another process sent nobody takes the id out.
    /// </summary>
    private readonly ConcurrentDictionary<string, byte> _withdrawn = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _withdrawnInOrder = new();

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
                Put(command.ReduceOnly, () => PlaceAsync(command, input));
                break;
            case OrderAction.Cancel:
                Withdraw(command.ClientOrderId);
                Put(isUrgent: true, () => CancelAsync(command, input));
                break;
            default:
                Ask(command.ClientOrderId, () => AskAsync(command, input));
                break;
        }
    }

    /// <summary>Asks for an order of which nobody knows whether the venue has it.</summary>
    public void Resolve(string clientOrderId) => Ask(clientOrderId, () => ResolveAsync(clientOrderId));

    /// <summary>After <see cref="Done"/>.</summary>
    public void Dispose() => _waiting.Dispose();

    public void Close() => Put(isUrgent: false, () => throw new LaneClosedException());

    // Its Place, if it still comes, is not as many commands away.
    private void Withdraw(string clientOrderId)
    {
        if (!_withdrawn.TryAdd(clientOrderId, 0)) return;
        _withdrawnInOrder.Enqueue(clientOrderId);
        if (_withdrawnInOrder.Count > MostWithdrawn && _withdrawnInOrder.TryDequeue(out var oldest))
            _withdrawn.TryRemove(oldest, out _);
    }

    private void Ask(string clientOrderId, Func<Task> question)
    {
        if (!_asking.TryAdd(clientOrderId, 0)) return;
        Put(isUrgent: false, () =>
        {
            _asking.TryRemove(clientOrderId, out _);
            return question();
        });
    }

    private void Put(bool isUrgent, Func<Task> work)
    {
        (isUrgent ? _urgent : _ordinary).Enqueue(work);
        _waiting.Release();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            await _waiting.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            if (!_urgent.TryDequeue(out var work) && !_ordinary.TryDequeue(out work)) continue;
            try
            {
                await work().ConfigureAwait(false);
            }
            catch (LaneClosedException)
            {
                return;
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
    }

    private async Task PlaceAsync(OrderCommand order, GatewayInput input)
    {
        if (_withdrawn.TryRemove(order.ClientOrderId, out _))
        {
            Refuse(in order, input, OrderStatus.Canceled, "canceled", "it was cancelled before it was sent");
            return;
        }

        if (!order.ReduceOnly && _entries.Of(order.Symbol) is { } why)
        {
            Refuse(in order, input, OrderStatus.Rejected, "entries_blocked", why);
            return;
        }

        if (IsDoubtful(in order, input) && await IsThereAsync(order, input).ConfigureAwait(false)) return;
        var entryUsd = order.ReduceOnly ? 0 : order.Quantity * (order.Price ?? order.ReferencePrice ?? 0);
        var right = _journal.Begin(in order, input.Position, entryUsd, passOpen: false, _stop);
        while (right.Verdict == SendVerdict.OtherIsOpen)
        {
            var isKnown = await ResolveAsync(right.Detail).ConfigureAwait(false);
            if (!isKnown && !order.ReduceOnly)
            {
                Refuse(in order, input, OrderStatus.Rejected, "order_unresolved",
                    $"the venue does not say what became of {right.Detail}");
                return;
            }

            // What reduces risk must not wait for ever for the very thing that it would mend.
            right = _journal.Begin(in order, input.Position, entryUsd, passOpen: !isKnown, _stop);
        }

        await FollowAsync(right, order, input).ConfigureAwait(false);
    }

    // Redis may have lost its last second: an order that could have been sent and is not on record is asked for first.
    private bool IsDoubtful(in OrderCommand order, GatewayInput input) =>
        (input.Deliveries > 1 || _sent.Contains(order.ClientOrderId)
            || (!order.ReduceOnly && NowMs() - _begunMs < _options.DoubtAfterStartMs))
        && _journal.Find(order.ClientOrderId, _stop) is null;

    private async Task<bool> IsThereAsync(OrderCommand order, GatewayInput input)
    {
        var answer = await AskUntilSureAsync(order, 0).ConfigureAwait(false);
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
                await SendAsync(order, input, long.Parse(right.Detail, CultureInfo.InvariantCulture))
                    .ConfigureAwait(false);
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
            case SendVerdict.Halted:
                Refuse(in order, input, OrderStatus.Rejected, "halted", $"the risk mode is halt: {right.Detail}");
                break;
            default:
                _log.LogWarning(
                    "{Order} is not sent: {Owner} holds the seat by now", order.ClientOrderId, right.Detail);
                break;
        }
    }

    // What reduces risk is never held up by the backstop, but that many of it in a minute is a fault somewhere.
    private void AlarmPastLimit(Symbol symbol) => _notes.Tell(
        new VenueNotice(
            FindingCodes.SendLimitPassed, symbol.Name, Severity.Critical,
            $"{symbol} has sent more than {_options.MaxOrdersPerMinute} orders within a minute; what reduces risk is "
            + "still sent, entries are not.",
            $"./quantum why {symbol} tells what is sent so often; ./quantum kill ends entries of all symbols"),
        VenueNotes.Once, _stop);

    // The right to send is for one receive window: whoever takes the seat over counts on that.
    private async Task SendAsync(OrderCommand order, GatewayInput input, long grantedMs)
    {
        var latestMs = grantedMs + (long)_venue.ReceiveWindow.TotalMilliseconds;
        _sent.Add(order.ClientOrderId);
        var answer = await CallAsync(
            _venue.PlaceAsync, order with { DeadlineMs = Math.Min(order.DeadlineMs ?? latestMs, latestMs) })
            .ConfigureAwait(false);
        _journal.Settle(
            order.ClientOrderId, answer.Status == OrderStatus.Unknown ? SendState.Unknown : SendState.Done, grantedMs,
            _stop);
        Tell(in answer, input);
    }

    private async Task CancelAsync(OrderCommand order, GatewayInput input)
    {
        var answer = await CallAsync(_venue.CancelAsync, order).ConfigureAwait(false);
        if (answer.Status == OrderStatus.NotFound) await AskAsync(order, input).ConfigureAwait(false);
        else if (answer.Status != OrderStatus.Unknown) Tell(in answer, input);
        // Its Place, if it still waits, is behind this.
        if (_sent.Contains(order.ClientOrderId)) _withdrawn.TryRemove(order.ClientOrderId, out _);
    }

    private async Task AskAsync(OrderCommand order, GatewayInput? input)
    {
        var sent = _journal.Find(order.ClientOrderId, _stop);
        var answer = await AskUntilSureAsync(order, sent?.SentMs ?? 0).ConfigureAwait(false);
        // Not a word is no answer: the executor asks again.
        if (answer.Status == OrderStatus.Unknown) return;
        if (sent is { IsOpen: true })
        {
            var isAbsent = answer.Status == OrderStatus.NotFound;
            _journal.Settle(order.ClientOrderId, isAbsent ? SendState.Absent : SendState.Done, sent.SentMs, _stop);
            if (isAbsent) _sent.Remove(order.ClientOrderId);
        }

        Tell(in answer, input);
    }

    /// <summary>True when the venue said what the order is.</summary>
    private async Task<bool> ResolveAsync(string clientOrderId)
    {
        if (_journal.Find(clientOrderId, _stop) is not { IsOpen: true } record) return true;
        await AskAsync(record.Question, null).ConfigureAwait(false);
        return _journal.Find(clientOrderId, _stop) is not { IsOpen: true };
    }

    // A request may wait for its turn for one receive window and be under way for another: only after that, and twice,
    // is "not found" believed.
    private async Task<OrderUpdate> AskUntilSureAsync(OrderCommand order, long sentMs)
    {
        var answer = await CallAsync(_venue.QueryAsync, order).ConfigureAwait(false);
        if (answer.Status != OrderStatus.NotFound) return answer;
        var leftMs = sentMs + 2 * (long)_venue.ReceiveWindow.TotalMilliseconds + _options.WindowMarginMs - NowMs();
        if (leftMs > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(leftMs), _time, _stop).ConfigureAwait(false);
            answer = await CallAsync(_venue.QueryAsync, order).ConfigureAwait(false);
            if (answer.Status != OrderStatus.NotFound) return answer;
        }

        await Task.Delay(TimeSpan.FromMilliseconds(_options.WindowMarginMs), _time, _stop).ConfigureAwait(false);
        return await CallAsync(_venue.QueryAsync, order).ConfigureAwait(false);
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

    private void Refuse(in OrderCommand order, GatewayInput input, OrderStatus status, string code, string words)
    {
        var answer = OrderUpdate.To(in order, status, code, words);
        Tell(in answer, input);
    }

    private void Tell(in OrderUpdate answer, GatewayInput? input) =>
        _publisher.Tell(in answer, input?.CorrelationId, input?.EventId, CancellationToken.None);

    private long NowMs() => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Ends the lane after all that came before.</summary>
    private sealed class LaneClosedException : Exception;
}
