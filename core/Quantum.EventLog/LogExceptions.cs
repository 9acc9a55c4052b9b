namespace Quantum.EventLog;

/// <summary>The log could not be reached or answered late: whether the call took effect is unknown.</summary>
public sealed class LogUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A stream or its group vanished under a reader: make it again with <see cref="ILogSession.EnsureGroup"/>.</summary>
public sealed class GroupMissingException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The log refuses for a reason that waiting does not mend: wrong password, wrong type, another topology.</summary>
public sealed class LogRefusedException(string message, Exception? inner = null) : Exception(message, inner);
