namespace Quantum.EventLog;

/// <summary>
/// The log refuses for a reason that waiting does not mend: wrong password, wrong type, another topology.
/// </summary>
public sealed class LogRefusedException(string message, Exception? inner = null) : Exception(message, inner);
