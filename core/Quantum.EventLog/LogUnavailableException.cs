namespace Quantum.EventLog;

/// <summary>The log could not be reached or answered late: whether the call took effect is unknown.</summary>
public sealed class LogUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
