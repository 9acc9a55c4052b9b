namespace StackExchange.Redis;

/// <summary>How long a written value lives; here always for ever.</summary>
public readonly struct Expiration;
