using Quantum.Roles.Gates;

namespace Quantum.Roles.Executor.Risk;

/// <summary>One row of the risk table.</summary>
/// <param name="Code">The reason code of its refusal.</param>
/// <param name="Reads">What it finds and asks for; open or closed by that.</param>
/// <param name="Words">Why it refuses, with the values; asked only where it is closed.</param>
internal sealed record RiskGate(string Code, Func<RiskCase, GateReading> Reads, Func<RiskCase, string> Words);
