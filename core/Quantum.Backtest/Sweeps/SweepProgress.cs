namespace Quantum.Backtest.Sweeps;

/// <summary>How far a sweep is.</summary>
/// <param name="Done">Runs that are done, those of an earlier start included.</param>
/// <param name="Total">All runs, those of the rungs included.</param>
/// <param name="Fresh">Runs that this start made.</param>
/// <param name="Elapsed">Since this start.</param>
public readonly record struct SweepProgress(int Done, int Total, int Fresh, TimeSpan Elapsed)
{
    /// <summary>What it will still take; null while that cannot be told.</summary>
    public TimeSpan? Left => Fresh > 0 ? Elapsed / Fresh * (Total - Done) : null;
}
