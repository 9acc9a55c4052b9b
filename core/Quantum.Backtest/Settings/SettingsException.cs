namespace Quantum.Backtest.Settings;

/// <summary>Settings that cannot be, in one line that names setting, value and mend.</summary>
public sealed class SettingsException(string message, Exception? cause = null) : Exception(message, cause);
