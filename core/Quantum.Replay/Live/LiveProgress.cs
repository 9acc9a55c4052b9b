namespace Quantum.Replay.Live;

/// <summary>How far a live replay is.</summary>
/// <param name="Inputs">Inputs given to roles so far, from 0.</param>
/// <param name="Compared">Decisions of the last hour that were compared, from 0.</param>
/// <param name="Different">How many of those differ, from 0.</param>
/// <param name="Missed">Commits of the last hour that were gone before they could be compared, from 0.</param>
/// <param name="IsWhole">True when nothing waits to be compared.</param>
public sealed record LiveProgress(long Inputs, long Compared, long Different, long Missed, bool IsWhole)
{
    /// <summary>Of a thousand decisions of the last hour; 0 where there is none.</summary>
    public double DifferPer1000 => Compared == 0 ? 0 : 1000.0 * Different / Compared;
}
