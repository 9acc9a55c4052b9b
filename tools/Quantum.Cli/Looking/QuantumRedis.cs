namespace Quantum.Cli.Looking;

/// <summary>The system that a verb is about, in the Redis that every verb chooses alike.</summary>
internal sealed class QuantumRedis(RedisChoice choice) : SystemRedis(choice.Endpoint)
{
    public QuantumRedis(string? option) : this(RedisChoice.Make(option))
    {
    }

    /// <summary>Throws when this Redis holds the system of another folder.</summary>
    public override void RequireOwn() => choice.RequireOwn(Owner);
}
