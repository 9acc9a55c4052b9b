using Quantum.Contracts.Events;

namespace Quantum.Roles.Executor.Risk;

/// <summary>
/// Proof that an entry passed every gate of the risk table. The constructor is private and the only way to it is
/// <see cref="Judge"/>, so an entry order cannot be built from an intent that was not judged.
/// </summary>
internal sealed class ApprovedEntry
{
    private ApprovedEntry(TradeIntent intent, EntryTerms terms, IReadOnlyList<PassedGate> gates)
    {
        Intent = intent;
        Terms = terms;
        Gates = gates;
    }

    public TradeIntent Intent { get; }

    public EntryTerms Terms { get; }

    /// <summary>Every gate that it passed, with its figures.</summary>
    public IReadOnlyList<PassedGate> Gates { get; }

    /// <summary>Runs the whole table over a case; null with the first refusal, or the proof.</summary>
    public static ApprovedEntry? Judge(RiskCase riskCase, out Reason? refusal)
    {
        refusal = RiskGates.FirstRefusal(RiskGates.Entry, riskCase);
        return refusal is null
            ? new ApprovedEntry(riskCase.Intent, riskCase.Terms, RiskGates.Passed(RiskGates.Entry, riskCase))
            : null;
    }
}
