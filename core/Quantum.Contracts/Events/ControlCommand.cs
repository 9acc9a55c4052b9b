using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.Contracts.Events;

/// <summary>An operator's word to governance, on <c>governance.control</c>, from the HTTP surface or the CLI.</summary>
public readonly record struct ControlCommand : ICheckedEvent
{
    public required ControlAction Command { get; init; }

    /// <summary>The mode of <c>set_mode</c>; the other commands have none.</summary>
    public RiskMode? RiskMode { get; init; }

    /// <summary>Why, in the operator's words.</summary>
    public required string Reason { get; init; }

    /// <summary>Who asked.</summary>
    public required string By { get; init; }

    public string? Fault() => Command == ControlAction.SetMode && RiskMode is null
        ? "risk_mode is empty: set_mode names the mode"
        : null;
}
