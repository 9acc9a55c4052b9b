namespace Quantum.EventLog;

/// <summary>
/// A stream or its group vanished under a reader: make it again with <see cref="ILogSession.EnsureGroup"/>.
/// </summary>
public sealed class GroupMissingException(string message, Exception? inner = null) : Exception(message, inner);
