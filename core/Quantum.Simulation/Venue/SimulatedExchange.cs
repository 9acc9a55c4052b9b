using System.Runtime.InteropServices;
using Quantum.Roles.Venue;

namespace Quantum.Simulation.Venue;

/// <summary>
/// The exchange, with the rules of the simulated venue: outside the system, it never crashes, and forgets nothing.
/// </summary>
internal sealed class SimulatedExchange
{
    private readonly SimVenueRole _role;
    private readonly UpdateBox _box = new();
    private readonly List<(OrderUpdate Update, long AtMs)> _moves = [];

    public SimulatedExchange(VenueSettings settings)
    {
        _role = new SimVenueRole(settings);
        _role.State.ForgetTouches();
    }

    /// <summary>A symbol's fills, funding and liquidations since a time, UTC epoch ms, oldest first.</summary>
    public OrderUpdate[] MovesOf(Symbol symbol, long sinceMs)
    {
        var moves = CollectionsMarshal.AsSpan(_moves);
        var first = moves.Length;
        while (first > 0 && moves[first - 1].AtMs >= sinceMs) first--;
        var found = new List<OrderUpdate>();
        foreach (ref readonly var move in moves[first..])
            if (move.Update.Symbol == symbol) found.Add(move.Update);
        return [.. found];
    }

    public SimVenueView View() => _role.View();

    public OrderUpdate[] Take(in OrderCommand command, long atMs) =>
        Hand(StreamCatalog.OrderCommand, in command, atMs);

    public OrderUpdate[] Tick(in MarketTick tick, long atMs) => Hand(StreamCatalog.MarketTick, in tick, atMs);

    public OrderUpdate[] Mark(in MarketData state, long atMs) => Hand(StreamCatalog.MarketData, in state, atMs);

    private OrderUpdate[] Hand<TEvent>(EventStream<TEvent> stream, in TEvent payload, long atMs) where TEvent : struct
    {
        var envelope = new Envelope { AtMs = atMs, Mode = SimulatedWorld.Mode, Version = stream.SchemaVersion };
        foreach (var known in _role.Subscriptions)
            if (known is Subscription<TEvent> reader)
                reader.Handle(in payload, new Input(envelope, new EntryId(atMs, 0)), _box);
        var told = _box.Empty();
        foreach (var update in told)
            if (update is { Kind: not UpdateKind.Order, VenueTradeId: not null }) _moves.Add((update, atMs));
        return told;
    }
}
