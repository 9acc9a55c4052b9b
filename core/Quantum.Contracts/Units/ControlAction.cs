namespace Quantum.Contracts.Units;

/// <summary>What an operator asks of governance, of the market's feed, and of the executor.</summary>
public enum ControlAction { KillOn, KillOff, Reset, SetMode, Flatten, FeedPause, FeedResume, Adopt, Close, MoveStop }
