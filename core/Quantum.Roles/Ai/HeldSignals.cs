namespace Quantum.Roles.Ai;

/// <summary>A signal that waits for the others of its candle time.</summary>
/// <param name="CorrelationId">Of its candle's chain.</param>
internal sealed record HeldSignal(SignalGenerated Signal, string CorrelationId);

/// <summary>
/// The signals of one candle time. They are told together, the best first: by expected result per unit of risk, which
/// is what R is, and equal ones by name, so that who reads them in order gives room to the best.
/// </summary>
internal sealed class HeldSignals
{
    /// <summary>End of their candle, UTC epoch ms; 0 before the first.</summary>
    public long CloseMs { get; set; }

    public List<HeldSignal> Signals { get; init; } = [];

    /// <summary>Gives the signals away, ranked.</summary>
    public HeldSignal[] Take()
    {
        HeldSignal[] ranked = Signals.Count < 2 ? [.. Signals] :
        [
            .. Signals.OrderByDescending(held => held.Signal.ModelInForce)
                .ThenByDescending(held => held.Signal.ExpectedR)
                .ThenBy(held => held.Signal.Symbol.Name, StringComparer.Ordinal),
        ];
        Signals.Clear();
        return ranked;
    }
}
