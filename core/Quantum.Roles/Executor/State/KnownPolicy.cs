using Quantum.Contracts.Events;

namespace Quantum.Roles.Executor.State;

/// <summary>The risk policy in force; null until the first was consumed.</summary>
internal sealed class KnownPolicy
{
    /// <summary>Under which name it is saved.</summary>
    public const string Key = "policy";

    public PolicyUpdated? Policy { get; set; }
}
