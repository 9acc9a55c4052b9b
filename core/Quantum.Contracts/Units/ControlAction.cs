namespace Quantum.Contracts.Units;

/// <summary>What an operator asks of governance.</summary>
public enum ControlAction { KillOn, KillOff, Reset, SetMode }
