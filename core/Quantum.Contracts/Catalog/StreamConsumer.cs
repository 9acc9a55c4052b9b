namespace Quantum.Contracts.Catalog;

/// <summary>One consumer of a stream: the role and the group it reads under.</summary>
/// <param name="Role">The reading role.</param>
/// <param name="Group">The Redis consumer group, <c>quantum:group:&lt;service&gt;:&lt;stream&gt;</c>.</param>
public sealed record StreamConsumer(string Role, string Group)
{
    /// <summary>The one fixed consumer name in the group: never a random id, so restarts leak none.</summary>
    public const string Name = "seat";

    /// <summary>Whether somebody must read here in that mode.</summary>
    public bool IsActiveIn(TradingMode mode) => RoleNames.IsActiveIn(Role, mode);
}
