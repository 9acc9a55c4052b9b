namespace Quantum.Backtest.Sweeps;

/// <summary>What one trial made over the span.</summary>
/// <param name="Trial">Its number, from 1.</param>
/// <param name="Days">Return of each whole UTC day, rising in time.</param>
/// <param name="Trades">Its closed trades.</param>
public sealed record TrialResult(int Trial, IReadOnlyList<DayReturn> Days, IReadOnlyList<TrialTrade> Trades)
{
    /// <summary>Returns of the days that begin at or after the one and before the other moment, UTC epoch ms.</summary>
    public IReadOnlyList<double> Between(long fromMs, long toMs) =>
        [.. Days.Where(day => day.StartMs >= fromMs && day.StartMs < toMs).Select(day => day.Return)];
}

/// <summary>What one whole UTC day made.</summary>
/// <param name="StartMs">Midnight, UTC epoch ms.</param>
/// <param name="Return">Fraction; 0 once nothing was left.</param>
public readonly record struct DayReturn(long StartMs, double Return);
