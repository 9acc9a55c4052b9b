namespace Quantum.Backtest.Sweeps;

/// <summary>A sweep that cannot be, in one line that names what, its value and the mend.</summary>
public sealed class SweepException(string message, Exception? cause = null) : Exception(message, cause);
