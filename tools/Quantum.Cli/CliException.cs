namespace Quantum.Cli;

/// <summary>Bad input to a verb: the message names the thing, its value and the mend.</summary>
internal sealed class CliException(string message) : LookException(message);
