namespace Quantum.Roles.Executor.Risk;

/// <summary>One row of the risk table.</summary>
/// <param name="Code">The reason code of its refusal.</param>
/// <param name="Refuses">Null when the case passes, else why not, in words with the values.</param>
internal sealed record RiskGate(string Code, Func<RiskCase, string?> Refuses);
