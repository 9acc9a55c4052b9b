using Quantum.Contracts.Events;

namespace Quantum.Roles.TradingBot;

/// <summary>A signal that passed its gates and waits for its turn to be sized.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="SignalId">Its event.</param>
/// <param name="CorrelationId">Of its chain.</param>
/// <param name="Exploration">True when it is only worth learning from.</param>
internal sealed record Candidate(
    SignalGenerated Signal, string SignalId, string CorrelationId, bool Exploration)
{
    /// <summary>
    /// The order in which room is given: what is worth its cost before what is explored, then by expected result per
    /// unit of risk, which is what R is; equal ones by name.
    /// </summary>
    public static int Compare(Candidate left, Candidate right)
    {
        var byKind = left.Exploration.CompareTo(right.Exploration);
        if (byKind != 0) return byKind;
        var byResult = Nullable.Compare(right.Signal.ExpectedR, left.Signal.ExpectedR);
        return byResult != 0
            ? byResult : string.CompareOrdinal(left.Signal.Symbol.Name, right.Signal.Symbol.Name);
    }
}
