namespace Quantum.Instruments;

/// <summary>A file of facts cannot be used: one line that names the file, symbol and value, and the mend.</summary>
public sealed class InstrumentException(string message, Exception? inner = null) : Exception(message, inner);
