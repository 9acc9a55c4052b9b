using System.Runtime.InteropServices;

namespace Quantum.InProcess;

/// <summary>
/// What stands in the next round, in the order in which it came there: each event by its lane and place.
/// </summary>
internal sealed class EventRound
{
    private readonly List<RunLane> _filled = [];
    private List<(RunLane Lane, int Index)> _now = [];
    private List<(RunLane Lane, int Index)> _next = [];

    /// <summary>The events of the round that is handled.</summary>
    public ReadOnlySpan<(RunLane Lane, int Index)> Events => CollectionsMarshal.AsSpan(_now);

    /// <param name="lane">Where the event is.</param>
    /// <param name="index">Its place there, from 0 in each round.</param>
    public void Add(RunLane lane, int index)
    {
        if (index == 0) _filled.Add(lane);
        _next.Add((lane, index));
    }

    /// <summary>Makes the next round the one that is handled; false when it is empty.</summary>
    public bool Turn()
    {
        (_now, _next) = (_next, _now);
        _next.Clear();
        foreach (var lane in _filled) lane.Turn();
        _filled.Clear();
        return _now.Count > 0;
    }
}
