namespace Quantum.Looking;

/// <summary>What keeps a look or a word from being done: the message names the thing, its value and the mend.</summary>
public class LookException(string message) : Exception(message);
