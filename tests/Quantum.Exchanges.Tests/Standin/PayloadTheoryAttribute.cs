namespace Quantum.Exchanges.Tests.Standin;

/// <summary>A theory on recorded payloads, skipped where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PayloadTheoryAttribute : TheoryAttribute
{
    public PayloadTheoryAttribute()
    {
        if (Payloads.Folder is null) Skip = "no recorded payloads beside the repository; QUANTUM_PAYLOADS names them";
    }
}
