namespace Quantum.Roles.Executor.Risk;

/// <summary>
/// Proof that an intent passed every gate of the risk table. The constructor is private and the only way to it is
/// <see cref="Judge"/>, so an entry order cannot be built from an intent that was not judged.
/// </summary>
public sealed class Approved<TIntent> where TIntent : struct
{
    private Approved(TIntent intent, EntryTerms terms)
    {
        Intent = intent;
        Terms = terms;
    }

    public TIntent Intent { get; }

    public EntryTerms Terms { get; }

    /// <summary>Runs the whole table over a case; null with the first refusal, or the proof.</summary>
    public static Approved<TIntent>? Judge(RiskCase riskCase, out Refusal? refusal)
    {
        ArgumentNullException.ThrowIfNull(riskCase);
        refusal = RiskGates.FirstRefusal(RiskGates.Entry, riskCase);
        if (refusal is not null) return null;
        return riskCase.Intent is TIntent intent
            ? new Approved<TIntent>(intent, riskCase.Terms)
            : throw new InvalidOperationException($"a risk case holds a TradeIntent, not a {typeof(TIntent).Name}.");
    }
}
