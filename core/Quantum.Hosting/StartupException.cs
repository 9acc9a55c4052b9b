namespace Quantum.Hosting;

/// <summary>A service cannot start; the message is one line that names the thing, the value and the mend.</summary>
public sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
