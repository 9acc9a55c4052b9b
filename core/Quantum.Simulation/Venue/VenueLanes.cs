using Quantum.EventLog.Runner;

namespace Quantum.Simulation.Venue;

/// <summary>
/// A process of the venue gateway: one lane a symbol, and the ear at the account. It keeps the protocol of the
/// executor's service (<c>OrderLane</c>, <c>SendJournal</c>, <c>AccountWatch</c>), whose classes live by threads and
/// Redis and cannot be driven step by step.
/// </summary>
internal sealed class VenueLanes
{
    private readonly SimulatedWorld _world;
    private readonly Dictionary<Symbol, VenueLane> _lanes = [];
    private readonly AccountComparison _comparison;
    private readonly EventSource _source;
    private long _told;
    private bool _isDead;

    public VenueLanes(SimulatedWorld world, string owner)
    {
        (_world, Owner, BegunMs) = (world, owner, world.NowMs);
        Rights = world.Rights;
        _source = new EventSource(world.Log, RoleNames.Venue, SimulatedWorld.Mode, traces: false);
        _comparison = new AccountComparison(world, this);
        world.After(1, Begin);
    }

    public string Owner { get; }

    /// <summary>When the process began, UTC epoch ms.</summary>
    public long BegunMs { get; }

    public SendRights Rights { get; }

    /// <summary>False once the process is gone: nothing that was under way goes on.</summary>
    public bool IsAlive => !_isDead;

    private bool HasSeat => IsAlive && _world.VenueOwner == Owner;

    public void Take(in OrderCommand command, EntryId position, long deliveries) =>
        LaneOf(command.Symbol).Take(command, position, deliveries);

    public void Die() => _isDead = true;

    /// <summary>The account's stream is up: what was missed is read.</summary>
    public void Connected()
    {
        if (HasSeat) _comparison.Begin();
    }

    public void OnUpdate(in OrderUpdate update)
    {
        if (HasSeat) Tell(in update);
    }

    /// <summary>Asks for every order of which nobody knows whether the exchange has it.</summary>
    public void ResolveOpen()
    {
        foreach (var id in _world.Ledger.Open.ToArray())
            if (_world.Ledger.Find(id) is { } open) LaneOf(open.Order.Symbol).Resolve(open.Order);
    }

    /// <summary>Publishes what the exchange said; a fill that is told again stays one event.</summary>
    public EntryId Tell(in OrderUpdate update, long? atMs = null)
    {
        var isFill = update is { Kind: not UpdateKind.Order, VenueTradeId: not null };
        var id = isFill
            ? $"venue-{update.Symbol}-{update.Kind}-{update.VenueTradeId}-{update.ClientOrderId}"
            : FormattableString.Invariant($"venue-{Owner}-{++_told}");
        return _source.Publish(StreamCatalog.OrderUpdate, in update, id, atMs ?? _world.NowMs, once: isFill);
    }

    private void Begin()
    {
        if (!IsAlive) return;
        // Whoever waits for the seat hears nothing of the account.
        if (!HasSeat)
        {
            _world.After(250, Begin);
            return;
        }

        ResolveOpen();
        _world.Wire.Listen(this);
    }

    private VenueLane LaneOf(Symbol symbol)
    {
        if (!_lanes.TryGetValue(symbol, out var lane)) _lanes[symbol] = lane = new VenueLane(_world, this);
        return lane;
    }
}
