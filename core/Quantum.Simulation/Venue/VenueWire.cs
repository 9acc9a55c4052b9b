using Quantum.Simulation.Faults;

namespace Quantum.Simulation.Venue;

/// <summary>
/// Between gateway and exchange: requests and answers take their time, get lost on either way and come late; the
/// account's stream has gaps, is out of order and says things twice.
/// </summary>
internal sealed class VenueWire(SimulatedWorld world, SimulatedExchange exchange)
{
    /// <summary>Without an answer for this long a request's end is unknown, ms.</summary>
    public const long TimeoutMs = 5_000;

    /// <summary>Until when a request counts for the exchange, ms.</summary>
    public const long ReceiveWindowMs = 5_000;

    private readonly Dictionary<(string Id, OrderAction Action), int> _sent = [];
    private readonly Dictionary<FaultKind, long> _planned = [];
    private VenueLanes? _listener;
    private long _awayUntilMs;
    private long _gapUntilMs;
    private long _disorderUntilMs;
    private long _told;

    /// <summary>Lets so many requests go wrong.</summary>
    public void Plan(FaultKind kind, long times) => _planned[kind] = _planned.GetValueOrDefault(kind) + times;

    /// <summary>The exchange is away.</summary>
    public void Outage(long ms)
    {
        _awayUntilMs = Math.Max(_awayUntilMs, world.NowMs + ms);
        Gap(ms);
    }

    /// <summary>Nothing of the account is told; then the stream is up again.</summary>
    public void Gap(long ms)
    {
        _gapUntilMs = Math.Max(_gapUntilMs, world.NowMs + ms);
        world.After(ms + 1, () =>
        {
            if (world.NowMs >= _gapUntilMs) _listener?.Connected();
        });
    }

    public void Disorder(long ms) => _disorderUntilMs = Math.Max(_disorderUntilMs, world.NowMs + ms);

    /// <summary>Who hears of the account from now on.</summary>
    public void Listen(VenueLanes listener)
    {
        _listener = listener;
        world.After(200, listener.Connected);
    }

    /// <summary>Sends a request, once; <paramref name="answered"/> is called once.</summary>
    public void Send(in OrderCommand command, Action<OrderUpdate> answered)
    {
        var order = command;
        world.Witness.Leaves(in order);
        var times = _sent[(order.ClientOrderId, order.Action)] =
            _sent.GetValueOrDefault((order.ClientOrderId, order.Action)) + 1;
        var draw = Draw.Of(world.Seed, order.ClientOrderId, (long)order.Action, times);
        var (thereMs, backMs) = (draw.Between(10, 150), draw.Between(10, 150));
        var changes = order.Action != OrderAction.Query;
        if (changes && Uses(FaultKind.RequestLate)) thereMs += draw.Between(1_000, TimeoutMs + 4_000);
        var isLost = changes && Uses(FaultKind.RequestLost);
        var isUnheard = changes && !isLost && Uses(FaultKind.AnswerLost);
        var isAnswered = false;
        world.After(TimeoutMs, () =>
        {
            if (!isAnswered) answered(Nothing(in order));
            isAnswered = true;
        });
        if (isLost) return;
        world.After(thereMs, () =>
        {
            if (world.NowMs < _awayUntilMs) return;
            var answer = Arrive(in order);
            if (isUnheard) return;
            world.After(backMs, () =>
            {
                if (!isAnswered) answered(answer);
                isAnswered = true;
            });
        });
    }

    /// <summary>Reads the whole account; null when it cannot be read now.</summary>
    public void ReadAccount(Action<AccountReading?> answered)
    {
        var beganMs = world.NowMs;
        Ask(() => new AccountReading(exchange.View(), beganMs), answered);
    }

    /// <summary>Reads a symbol's fills since a time, UTC epoch ms; null when they cannot be read now.</summary>
    public void ReadFills(Symbol symbol, long sinceMs, Action<OrderUpdate[]?> answered) => Ask(
        () => exchange.MovesOf(symbol, sinceMs), answered);

    /// <summary>The exchange says something of itself.</summary>
    public void Tell(OrderUpdate[] updates)
    {
        foreach (var update in updates)
        {
            var draw = Draw.Of(world.Seed, "told", ++_told);
            if (world.NowMs < _gapUntilMs) continue;
            var isDisorder = world.NowMs < _disorderUntilMs;
            var times = isDisorder && draw.Chance(0.3) ? 2 : 1;
            for (var i = 0; i < times; i++)
                world.After(isDisorder ? draw.Between(20, 8_000) : 60, () => Hear(in update));
        }
    }

    private void Hear(in OrderUpdate update)
    {
        if (world.NowMs >= _gapUntilMs) _listener?.OnUpdate(in update);
    }

    private OrderUpdate Arrive(in OrderCommand order)
    {
        if (order.Action == OrderAction.Place && Uses(FaultKind.Refusal))
            return Nothing(in order) with
            {
                Status = OrderStatus.Rejected, ReasonCode = "rate_limited", Reason = "the simulation refuses it",
            };
        var told = exchange.Take(in order, world.NowMs);
        var answer = told.Last(update => update.Kind == UpdateKind.Order);
        world.Witness.Arrives(in order, in answer);
        if (order.Action != OrderAction.Query) Tell(told);
        return answer;
    }

    private void Ask<TAnswer>(Func<TAnswer> question, Action<TAnswer?> answered) where TAnswer : class
    {
        var draw = Draw.Of(world.Seed, "reading", ++_told);
        world.After(draw.Between(20, 300), () =>
        {
            var answer = world.NowMs < _awayUntilMs ? null : question();
            world.After(draw.Between(20, 600), () => answered(answer));
        });
    }

    private bool Uses(FaultKind kind)
    {
        if (_planned.GetValueOrDefault(kind) == 0) return false;
        _planned[kind]--;
        world.Hinder(2 * TimeoutMs);
        return true;
    }

    private static OrderUpdate Nothing(in OrderCommand order) =>
        OrderUpdate.To(in order, OrderStatus.Unknown, null, null);
}
