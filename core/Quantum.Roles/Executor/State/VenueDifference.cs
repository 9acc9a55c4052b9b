namespace Quantum.Roles.Executor.State;

/// <summary>
/// A position that the venue tells and our fills do not, waiting a moment for late fills to explain it.
/// </summary>
/// <param name="Quantity">The venue's signed base quantity.</param>
/// <param name="EntryPrice">The venue's mean entry price; null when flat or not told.</param>
/// <param name="SinceMs">When it was told, UTC epoch ms.</param>
/// <param name="IsCompared">
/// True once a comparison of the account found it, which tells all fills before it: what remains no fill explains.
/// </param>
/// <param name="HasOurStop">
/// True when live stops at the venue carry ids of ours: then the position is ours, whatever was forgotten of it.
/// </param>
/// <param name="IsAsked">True once the stop that should explain it was asked for.</param>
internal sealed record VenueDifference(
    decimal Quantity, decimal? EntryPrice, long SinceMs, bool IsCompared = false, bool HasOurStop = false,
    bool IsAsked = false);
