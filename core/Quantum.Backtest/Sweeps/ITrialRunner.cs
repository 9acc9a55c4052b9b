namespace Quantum.Backtest.Sweeps;

/// <summary>Runs one trial; may be asked by several threads at once.</summary>
public interface ITrialRunner
{
    /// <summary>Runs it from the start of the recording until a moment, UTC epoch ms; null: to the end.</summary>
    TrialResult Run(Trial trial, long? untilMs, CancellationToken cancel);
}
