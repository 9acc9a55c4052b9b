namespace Quantum.Contracts.Units;

/// <summary>
/// How long an order with a limit price lives: until it is cancelled, for what it takes at once, for all of it at once
/// or nothing, or only as a maker (the venue's GTX, post-only).
/// </summary>
public enum TimeInForce { Gtc, Ioc, Fok, Gtx }
