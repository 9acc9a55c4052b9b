namespace Quantum.EventLog;

/// <summary>A role on one shard: what a lease is about, and what one thread runs.</summary>
/// <param name="Role">The role's name in the catalog.</param>
/// <param name="Shard">0 to P-1, or <see cref="LogKeys.GlobalShard"/>.</param>
public readonly record struct RoleSeat(string Role, int Shard)
{
    public override string ToString() => Shard == LogKeys.GlobalShard ? Role : $"{Role}/{Shard}";
}
