using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Feeds;

namespace Quantum.InProcess.Tests;

/// <summary>
/// What is at stake in each symbol of a run, from its orders and results: a sink that drives roles in this process
/// answers <see cref="IMarketSink.IsWatched"/> and <see cref="IMarketSink.HeldSide"/> from it.
/// </summary>
internal sealed class StakeBook
{
    /// <summary>An entry's order is taken back before this, ms.</summary>
    private const long OrderLifeMs = 180_000;

    private readonly Dictionary<Symbol, long> _orderedAtMs = [];
    private readonly Dictionary<Symbol, decimal> _held = [];

    /// <summary>Takes a command to the venue.</summary>
    /// <param name="command">What is asked of it.</param>
    /// <param name="atMs">When, UTC epoch ms.</param>
    public void Take(in OrderCommand command, long atMs) => _orderedAtMs[command.Symbol] = atMs;

    /// <summary>Takes what an intent or an order came to.</summary>
    public void Take(in ExecutionResult result)
    {
        if (result.PositionQuantity is { } quantity) _held[result.Symbol] = quantity;
    }

    /// <summary>Whether a position is held, or an order may still be open, at a moment, UTC epoch ms.</summary>
    public bool IsWatched(Symbol symbol, long atMs) => HeldSide(symbol) is not null
        || (_orderedAtMs.TryGetValue(symbol, out var orderedMs) && atMs - orderedMs < OrderLifeMs);

    /// <summary>The side held; null when flat.</summary>
    public PositionSide? HeldSide(Symbol symbol) => Math.Sign(_held.GetValueOrDefault(symbol)) switch
    {
        > 0 => PositionSide.Long,
        < 0 => PositionSide.Short,
        _ => null,
    };
}
