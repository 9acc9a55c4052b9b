namespace Quantum.Roles.Executor;

/// <summary>Why something is not done.</summary>
/// <param name="Code">Machine-readable, for example <c>kill_switch</c>.</param>
/// <param name="Words">For people, with the values.</param>
internal sealed record Reason(string Code, string Words);
