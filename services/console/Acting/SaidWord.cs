namespace Quantum.Console.Acting;

/// <summary>What became of an operator's word.</summary>
/// <param name="Word">What was said; null when it was not, or nobody knows.</param>
/// <param name="By">Who said it.</param>
/// <param name="Refusal">Why not, in words with the mend; null when it was said.</param>
/// <param name="Kind">What kind of refusal.</param>
public sealed record SaidWord(OperatorWord? Word, string By, string? Refusal, RefusalKind Kind);
