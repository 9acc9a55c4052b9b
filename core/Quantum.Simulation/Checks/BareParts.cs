namespace Quantum.Simulation.Checks;

/// <summary>
/// The parts of one position that nothing closes, each with the time since which it has been so. What is covered covers
/// the part that is held the longest.
/// </summary>
internal sealed class BareParts
{
    // From what is covered up to what is held, one behind the other.
    private readonly List<(decimal UpTo, long SinceMs)> _parts = [];
    private decimal _covered;
    private bool _isLong;

    /// <summary>Takes what is held and covered now; gives since when some of it has been bare; null: none is.</summary>
    /// <param name="quantity">Signed base quantity, not 0.</param>
    /// <param name="covered">Base quantity, from 0.</param>
    /// <param name="nowMs">The time, not before that of the last look, UTC epoch ms, as the answer.</param>
    public long? Look(decimal quantity, decimal covered, long nowMs)
    {
        var held = Math.Abs(quantity);
        // One that was turned round is another position.
        if (_isLong != quantity > 0) _parts.Clear();
        if (_parts.Count == 0) _covered = covered;
        _isLong = quantity > 0;
        _parts.RemoveAll(part => part.UpTo <= covered);
        if (covered < _covered && _parts.Count > 0) _parts.Insert(0, (_covered, nowMs));
        _covered = covered;
        while (_parts is [.., var last] && last.UpTo > held)
        {
            _parts.RemoveAt(_parts.Count - 1);
            if (held > (_parts is [.., var below] ? below.UpTo : covered)) _parts.Add((held, last.SinceMs));
        }

        if (held > (_parts is [.., var top] ? top.UpTo : covered)) _parts.Add((held, nowMs));
        return _parts.Count == 0 ? null : _parts.Min(part => part.SinceMs);
    }
}
