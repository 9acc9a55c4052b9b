using System.Runtime.InteropServices;

namespace Quantum.InProcess;

/// <summary>
/// What stands in the next round, in the order in which it came there: each event by its lane and place, with the roles
/// that read it.
/// </summary>
internal sealed class EventRound
{
    private readonly List<RunLane> _filled = [];
    private List<Item> _now = [];
    private List<Item> _next = [];
    private ulong _nextReaders;

    /// <summary>The events of the round that is handled.</summary>
    public ReadOnlySpan<Item> Events => CollectionsMarshal.AsSpan(_now);

    /// <summary>The roles that read at least one of them, by their bits.</summary>
    public ulong Readers { get; private set; }

    /// <param name="lane">Where the event is.</param>
    /// <param name="index">Its place there, from 0 in each round.</param>
    public void Add(RunLane lane, int index)
    {
        if (index == 0) _filled.Add(lane);
        _next.Add(new Item(lane, index, lane.Readers));
        _nextReaders |= lane.Readers;
    }

    /// <summary>Makes the next round the one that is handled; false when it is empty.</summary>
    public bool Turn()
    {
        (_now, _next) = (_next, _now);
        (Readers, _nextReaders) = (_nextReaders, 0);
        _next.Clear();
        foreach (var lane in _filled) lane.Turn();
        _filled.Clear();
        return _now.Count > 0;
    }

    /// <param name="Lane">Where the event is.</param>
    /// <param name="Index">Its place there.</param>
    /// <param name="Readers">The roles that read it, by their bits.</param>
    internal readonly record struct Item(RunLane Lane, int Index, ulong Readers);
}
