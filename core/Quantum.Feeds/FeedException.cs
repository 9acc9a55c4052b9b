namespace Quantum.Feeds;

/// <summary>A feed cannot be used: one line that names the file, line, column and value, and the mend.</summary>
public sealed class FeedException(string message) : Exception(message);
