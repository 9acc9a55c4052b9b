using Quantum.Roles.Executor;

namespace Quantum.Simulation.Venue;

/// <summary>
/// One symbol's way to the exchange: one request after the other, what reduces risk first. Each piece of work calls
/// what it was given when it is done.
/// </summary>
internal sealed class VenueLane(SimulatedWorld world, VenueLanes lanes)
{
    private const long WindowMarginMs = 500;
    private const long DoubtAfterStartMs = 30_000;

    private readonly Queue<Action<Action>> _urgent = new();
    private readonly Queue<Action<Action>> _ordinary = new();
    private readonly HashSet<string> _asking = new(StringComparer.Ordinal);
    private readonly HashSet<string> _withdrawn = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sent = new(StringComparer.Ordinal);
    private bool _isBusy;
    private long _turns;

    public void Take(OrderCommand command, EntryId position, long deliveries)
    {
        switch (command.Action)
        {
            case OrderAction.Place:
                lanes.Rights.Takes(in command);
                Put(command.ReduceOnly, done => Place(command, position, deliveries, done));
                break;
            case OrderAction.Cancel:
                _withdrawn.Add(command.ClientOrderId);
                Put(isUrgent: true, done => Cancel(command, done));
                break;
            default:
                AskOnce(in command, done => Ask(command, done));
                break;
        }
    }

    /// <summary>Asks for an order of which nobody knows whether the exchange has it.</summary>
    public void Resolve(OrderCommand open) => AskOnce(in open, done => Ask(open, done));

    private void AskOnce(in OrderCommand order, Action<Action> question)
    {
        var id = order.ClientOrderId;
        if (!_asking.Add(id)) return;
        PutQuestion(id, order.ReduceOnly, question);
    }

    private void PutQuestion(string id, bool isUrgent, Action<Action> question) => Put(isUrgent, done =>
    {
        _asking.Remove(id);
        question(done);
    });

    private void Put(bool isUrgent, Action<Action> work)
    {
        (isUrgent ? _urgent : _ordinary).Enqueue(work);
        Next();
    }

    private void Next()
    {
        if (_isBusy || !lanes.IsAlive) return;
        if (!_urgent.TryDequeue(out var work) && !_ordinary.TryDequeue(out work)) return;
        _isBusy = true;
        // A lane is a thread of its own: its turn comes a little later.
        Later(Draw.Of(world.Seed, "lane", ++_turns).Between(1, 20), () => work(() =>
        {
            _isBusy = false;
            Next();
        }));
    }

    private void Place(OrderCommand order, EntryId position, long deliveries, Action done)
    {
        if (_withdrawn.Remove(order.ClientOrderId))
        {
            Refuse(in order, OrderStatus.Canceled, "canceled", done);
            return;
        }

        var isDoubtful = (deliveries > 1 || _sent.Contains(order.ClientOrderId)
            || (!order.ReduceOnly && world.NowMs - lanes.BegunMs < DoubtAfterStartMs))
            && world.Ledger.Find(order.ClientOrderId) is null;
        if (!isDoubtful)
        {
            Begin(order, position, passOpen: false, done);
            return;
        }

        Action<OrderUpdate> follow = answer =>
        {
            if (answer.Status == OrderStatus.NotFound || (answer.Status == OrderStatus.Unknown && order.ReduceOnly))
                Begin(order, position, passOpen: false, done);
            else if (answer.Status == OrderStatus.Unknown)
                Refuse(in order, OrderStatus.Rejected, "order_unresolved", done);
            else Answer(answer, done);
        };
        if (order.Purpose == OrderPurpose.Stop) Query(order, follow);
        else AskUntilSure(order, 0, follow);
    }

    private void Begin(OrderCommand order, EntryId position, bool passOpen, Action done)
    {
        switch (lanes.Rights.Begin(in order, position, lanes.Owner, passOpen, out var other))
        {
            case SendVerdict.Send or SendVerdict.SendPastLimit:
                Send(order, world.NowMs, done);
                break;
            case SendVerdict.Ask:
                Ask(order, done);
                break;
            case SendVerdict.OtherIsOpen:
                Clear(other, order, isKnown =>
                {
                    if (!isKnown && !order.ReduceOnly) Refuse(in order, OrderStatus.Rejected, "order_unresolved", done);
                    else Begin(order, position, passOpen: !isKnown, done);
                });
                break;
            case SendVerdict.Late:
                Refuse(in order, OrderStatus.Expired, "deadline", done);
                break;
            case SendVerdict.Fenced:
                done();
                break;
            case var refusal:
                Refuse(in order, OrderStatus.Rejected, CodeOf(refusal), done);
                break;
        }
    }

    private static string CodeOf(SendVerdict refusal) => refusal switch
    {
        SendVerdict.Limit => "send_limit",
        SendVerdict.Killed => "kill_switch",
        SendVerdict.Halted => "halted",
        SendVerdict.Silent => "governance_silent",
        SendVerdict.NotCopied => "not_replicated",
        _ => throw new SimulationException($"the right to send says {refusal}, which refuses nothing."),
    };

    private void Send(OrderCommand order, long grantedMs, Action done)
    {
        var latestMs = grantedMs + VenueWire.ReceiveWindowMs;
        _sent.Add(order.ClientOrderId);
        Call(order with { DeadlineMs = Math.Min(order.DeadlineMs ?? latestMs, latestMs) }, answer =>
        {
            if (answer.Status == OrderStatus.Unknown && lanes.Rights.SendsAgain(in order))
            {
                Send(order, world.NowMs, done);
                return;
            }

            world.Ledger.Settle(
                order.ClientOrderId, answer.Status == OrderStatus.Unknown ? SendState.Unknown : SendState.Done,
                grantedMs);
            Answer(answer, done);
        });
    }

    private void Cancel(OrderCommand order, Action done) => Call(order, answer =>
    {
        if (_sent.Contains(order.ClientOrderId)) _withdrawn.Remove(order.ClientOrderId);
        if (answer.Status == OrderStatus.NotFound) Ask(order, done);
        else if (answer.Status != OrderStatus.Unknown) Answer(answer, done);
        else done();
    });

    private void Ask(OrderCommand order, Action done, bool wasAbsent = false)
    {
        var sent = world.Ledger.Find(order.ClientOrderId);
        var leftMs = UntilDeadMs(sent?.SentMs ?? 0);
        Query(order, answer =>
        {
            if (answer.Status == OrderStatus.Unknown)
            {
                done();
                return;
            }

            if (answer.Status == OrderStatus.NotFound && !(leftMs <= 0 && wasAbsent))
            {
                AskAgain(order, sent, Math.Max(leftMs, WindowMarginMs), leftMs <= 0, done);
                return;
            }

            Settle(sent, in answer);
            Answer(answer, done);
        });
    }

    // The lane goes on meanwhile; of what reduces risk it is told that it is not there yet.
    private void AskAgain(OrderCommand order, SentOrder? sent, long afterMs, bool wasAbsent, Action done)
    {
        if (order.ReduceOnly && sent is { IsOpen: true })
            lanes.Tell(OrderUpdate.To(in order, OrderStatus.Unknown, "not_there_yet", null));
        if (_asking.Add(order.ClientOrderId))
        {
            Later(afterMs, () => PutQuestion(
                order.ClientOrderId, order.ReduceOnly, asked => Ask(order, asked, wasAbsent)));
        }

        done();
    }

    private void Settle(SentOrder? sent, in OrderUpdate answer)
    {
        if (sent is not { IsOpen: true }) return;
        var (id, isAbsent) = (sent.Order.ClientOrderId, answer.Status == OrderStatus.NotFound);
        world.Ledger.Settle(id, isAbsent ? SendState.Absent : SendState.Done, sent.SentMs);
        if (isAbsent) _sent.Remove(id);
    }

    /// <summary>Asks for what is open before another order of the symbol goes; true when it is no more.</summary>
    private void Clear(string id, OrderCommand next, Action<bool> isKnown)
    {
        if (world.Ledger.Find(id) is not { IsOpen: true } open) isKnown(true);
        else if (next.ReduceOnly && (next.Purpose == OrderPurpose.Stop || open.Order.ReduceOnly))
            AskEach(new Queue<SentOrder>(OpenBeside(next)), () => isKnown(!IsOpen(id)));
        else
        {
            // An entry that waits holds its lane up here, which the service's does not.
            AskUntilSure(open.Order, open.SentMs, answer =>
            {
                if (answer.Status == OrderStatus.Unknown)
                {
                    isKnown(!IsOpen(id));
                    return;
                }

                Settle(open, in answer);
                Answer(answer, () => isKnown(!IsOpen(id)));
            });
        }
    }

    private IEnumerable<SentOrder> OpenBeside(OrderCommand next) => world.Ledger.Open.ToArray()
        .Select(id => world.Ledger.Find(id)!)
        .Where(open => open.Order.Symbol == next.Symbol && open.Order.ClientOrderId != next.ClientOrderId);

    private void AskEach(Queue<SentOrder> open, Action done)
    {
        if (open.TryDequeue(out var first)) Ask(first.Order, () => AskEach(open, done));
        else done();
    }

    private bool IsOpen(string id) => world.Ledger.Find(id) is { IsOpen: true };

    // Only after the receive window, and twice, "not found" is believed.
    private void AskUntilSure(OrderCommand order, long sentMs, Action<OrderUpdate> sure, bool wasAbsent = false)
    {
        var leftMs = UntilDeadMs(sentMs);
        Query(order, answer =>
        {
            if (answer.Status != OrderStatus.NotFound || (leftMs <= 0 && wasAbsent)) sure(answer);
            else Later(
                Math.Max(leftMs, WindowMarginMs), () => AskUntilSure(order, sentMs, sure, wasAbsent: leftMs <= 0));
        });
    }

    private long UntilDeadMs(long sentMs) => sentMs + 2 * VenueWire.ReceiveWindowMs + WindowMarginMs - world.NowMs;

    private void Query(OrderCommand order, Action<OrderUpdate> answered) =>
        Call(order with { Action = OrderAction.Query, DeadlineMs = null }, answered);

    private void Call(OrderCommand order, Action<OrderUpdate> answered) => world.Wire.Send(in order, answer =>
    {
        if (lanes.IsAlive) answered(answer);
    });

    private void Later(long ms, Action action) => world.After(ms, () =>
    {
        if (lanes.IsAlive) action();
    });

    private void Answer(OrderUpdate answer, Action done)
    {
        lanes.Tell(in answer);
        done();
    }

    private void Refuse(in OrderCommand order, OrderStatus status, string code, Action done) =>
        Answer(OrderUpdate.To(in order, status, code, "the gateway did not send it"), done);
}
