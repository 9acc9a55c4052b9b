using System.Diagnostics;

namespace Quantum.Bench.Chaos;

/// <summary>What a run spends its time on, part after part. For one thread.</summary>
internal sealed class PartTimes
{
    private readonly List<(string Part, TimeSpan Took)> _all = [];
    private long _since = Stopwatch.GetTimestamp();

    /// <summary>Every part that has ended, in their order.</summary>
    public IReadOnlyList<(string Part, TimeSpan Took)> All => _all;

    /// <summary>Ends a part; the next one begins.</summary>
    public void Ends(string part)
    {
        _all.Add((part, Stopwatch.GetElapsedTime(_since)));
        _since = Stopwatch.GetTimestamp();
    }
}
