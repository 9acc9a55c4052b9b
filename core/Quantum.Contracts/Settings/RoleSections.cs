namespace Quantum.Contracts.Settings;

/// <summary>
/// The sections of the roles' settings: what a role decides depends on these and on no others, and none holds a secret.
/// </summary>
public static class RoleSections
{
    /// <summary>By name.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "Ai", "Clm", "Executor", "ExitBrain", "Governance", "MetaRegime", "ModelSupervisor", "Portfolio", "RlOptimizer",
        "SimVenue", "TradingBot",
    ];
}
