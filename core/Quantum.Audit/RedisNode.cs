namespace Quantum.Audit;

/// <summary>A node of a cluster.</summary>
/// <param name="Address">Host and port.</param>
/// <param name="IsMaster">False for a replica, which holds a copy of its master's keys.</param>
/// <param name="Slots">Slots that it serves, from 0 to 16384.</param>
/// <param name="Fault">Why it was not looked at; null when it was, and for a healthy replica.</param>
public sealed record RedisNode(string Address, bool IsMaster, int Slots, string? Fault);
