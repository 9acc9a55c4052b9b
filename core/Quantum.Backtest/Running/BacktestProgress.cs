namespace Quantum.Backtest.Running;

/// <summary>How far a run is.</summary>
/// <param name="AtMs">The tape's time, UTC epoch ms.</param>
/// <param name="Candles">Candles told so far, history included, from 0.</param>
/// <param name="DoneFraction">Share of the tape's time that is played, 0 to 1.</param>
/// <param name="Elapsed">Since the run began.</param>
public readonly record struct BacktestProgress(long AtMs, long Candles, double DoneFraction, TimeSpan Elapsed)
{
    /// <summary>Candles a second, 0 or more.</summary>
    public double CandlesPerSecond => Elapsed > TimeSpan.Zero ? Candles / Elapsed.TotalSeconds : 0;

    /// <summary>What it will still take; null while that cannot be told.</summary>
    public TimeSpan? Left => DoneFraction > 0.001 ? Elapsed / DoneFraction - Elapsed : null;
}
