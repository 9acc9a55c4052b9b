using System.Threading.Channels;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.EventLog.Runner;
using Quantum.Exchanges;

namespace Quantum.Executor.Venue;

/// <summary>
/// One symbol's way to the venue: one request after the other. An order is recorded before it is sent and sent once;
/// what was answered ambiguously is asked for by its client id before another order of the symbol goes out.
/// </summary>
internal sealed class OrderLane
{
    private readonly IOrderVenue _venue;
    private readonly SendJournal _journal;
    private readonly VenuePublisher _publisher;
    private readonly OrderDeskOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationToken _stop;
    private readonly Channel<Func<Task>> _work = Channel.CreateUnbounded<Func<Task>>(new() { SingleReader = true });

    public OrderLane(
        IOrderVenue venue, SendJournal journal, VenuePublisher publisher, OrderDeskOptions options, TimeProvider time,
        ILogger log, CancellationToken stop)
    {
        (_venue, _journal, _publisher, _options, _time, _log, _stop) =
            (venue, journal, publisher, options, time, log, stop);
        Done = Task.Run(RunAsync, CancellationToken.None);
    }

    /// <summary>Ends after <see cref="Close"/>, when all that was taken is done.</summary>
    public Task Done { get; }

    public void Take(OrderCommand command, GatewayInput input) => _work.Writer.TryWrite(() => command.Action switch
    {
        OrderAction.Place => PlaceAsync(command, input),
        OrderAction.Cancel => CancelAsync(command, input),
        _ => AskAsync(command, input),
    });

    /// <summary>Asks for an order of which nobody knows whether the venue has it.</summary>
    public void Resolve(string clientOrderId) => _work.Writer.TryWrite(() => ResolveAsync(clientOrderId));

    public void Close() => _work.Writer.TryComplete();

    private async Task RunAsync()
    {
        await foreach (var work in _work.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            try
            {
                await work().ConfigureAwait(false);
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

    private async Task FollowAsync(SendRight right, OrderCommand order, GatewayInput input)
    {
        switch (right.Verdict)
        {
            case SendVerdict.Send:
                await SendAsync(order, input).ConfigureAwait(false);
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
            default:
                _log.LogWarning("{Order} is not sent: {Owner} holds the seat by now", order.ClientOrderId, right.Detail);
                break;
        }
    }

    private async Task SendAsync(OrderCommand order, GatewayInput input)
    {
        var answer = await CallAsync(_venue.PlaceAsync, order).ConfigureAwait(false);
        _journal.Settle(
            order.ClientOrderId, answer.Status == OrderStatus.Unknown ? SendState.Unknown : SendState.Done, _stop);
        Tell(in answer, input);
    }

    private async Task CancelAsync(OrderCommand order, GatewayInput input)
    {
        var answer = await CallAsync(_venue.CancelAsync, order).ConfigureAwait(false);
        if (answer.Status == OrderStatus.NotFound) await AskAsync(order, input).ConfigureAwait(false);
        else if (answer.Status != OrderStatus.Unknown) Tell(in answer, input);
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
            _journal.Settle(order.ClientOrderId, isAbsent ? SendState.Absent : SendState.Done, _stop);
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

    // A request may still be on its way until its receive window is over: only then, and twice, is "not found"
    // believed.
    private async Task<OrderUpdate> AskUntilSureAsync(OrderCommand order, long sentMs)
    {
        var answer = await CallAsync(_venue.QueryAsync, order).ConfigureAwait(false);
        if (answer.Status != OrderStatus.NotFound) return answer;
        var leftMs = sentMs + (long)_venue.ReceiveWindow.TotalMilliseconds + _options.WindowMarginMs
            - _time.GetUtcNow().ToUnixTimeMilliseconds();
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
            return Answer(in order, OrderStatus.Unknown, null, fault.Message);
        }
    }

    private void Refuse(in OrderCommand order, GatewayInput input, OrderStatus status, string code, string words)
    {
        var answer = Answer(in order, status, code, words);
        Tell(in answer, input);
    }

    private void Tell(in OrderUpdate answer, GatewayInput? input) =>
        _publisher.Tell(in answer, input?.CorrelationId, input?.EventId, CancellationToken.None);

    private static OrderUpdate Answer(in OrderCommand order, OrderStatus status, string? code, string? words) => new()
    {
        Kind = UpdateKind.Order,
        Symbol = order.Symbol,
        ClientOrderId = order.ClientOrderId,
        Status = status,
        Side = order.Side,
        LastFillQuantity = 0,
        CumulativeQuantity = 0,
        FeeUsd = 0,
        ReasonCode = code,
        Reason = words,
    };
}
