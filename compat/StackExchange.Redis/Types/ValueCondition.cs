namespace StackExchange.Redis;

/// <summary>The condition under which a string is written; here only that the key exists or does not.</summary>
public readonly struct ValueCondition
{
    private ValueCondition(When when) => When = when;

    internal When When { get; }

    public static implicit operator ValueCondition(When when) => new(when);
}
