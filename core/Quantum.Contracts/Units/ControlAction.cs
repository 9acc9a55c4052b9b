namespace Quantum.Contracts.Units;

/// <summary>What an operator asks of governance, and of the market's feed.</summary>
public enum ControlAction { KillOn, KillOff, Reset, SetMode, Flatten, FeedPause, FeedResume }
