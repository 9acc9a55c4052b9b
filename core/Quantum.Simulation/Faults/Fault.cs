namespace Quantum.Simulation.Faults;

/// <summary>One thing that goes wrong.</summary>
/// <param name="Number">By which it is left out, from 0.</param>
/// <param name="Step">Before which step, from 0.</param>
/// <param name="Target">Whose: a role or a symbol.</param>
/// <param name="Value">How long, ms; for what counts, how often.</param>
internal sealed record Fault(int Number, int Step, FaultKind Kind, string Target, long Value)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"#{Number} in step {Step}: {Kind} of {Target}, {Value}");
}
