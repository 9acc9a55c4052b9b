using Quantum.Roles.Executor.State;

namespace Quantum.Looking;

/// <summary>
/// The policy that the executor itself has taken, from its saved state: its own word, not governance's.
/// </summary>
/// <param name="Version">From 1.</param>
/// <param name="KillSwitch">True when it refuses every entry for it.</param>
public sealed record ExecutorsPolicy(long Version, bool KillSwitch)
{
    /// <summary>Null before it has taken any.</summary>
    /// <exception cref="JsonException">The saved text is no such state.</exception>
    public static ExecutorsPolicy? Of(SystemRedis look)
    {
        ArgumentNullException.ThrowIfNull(look);
        return look.StateOf<KnownPolicy>(RoleNames.Executor, KnownPolicy.Key)?.Policy is { } policy
            ? new ExecutorsPolicy(policy.PolicyVersion, policy.KillSwitch)
            : null;
    }
}
