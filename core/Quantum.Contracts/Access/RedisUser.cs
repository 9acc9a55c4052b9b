namespace Quantum.Contracts.Access;

/// <summary>A user of Redis and what it may do, in the words of an ACL file of Redis 7.</summary>
/// <param name="Name">The service's name, or <see cref="RedisUsers.Operator"/>.</param>
/// <param name="Rules">
/// What it may do without keys, then in brackets which commands on which keys; what stands nowhere is refused.
/// </param>
public sealed record RedisUser(string Name, IReadOnlyList<string> Rules)
{
    /// <summary>The user's line of an ACL file.</summary>
    /// <param name="secret"><c>&gt;password</c>, or <c>#</c> and the password's SHA-256 in hex.</param>
    public string Line(string secret) => $"user {Name} on {secret} {string.Join(' ', Rules)}";
}
