using Quantum.Roles.ExitBrain;

namespace Quantum.Roles.Tests.ExitBrain;

/// <summary>Settings with the audited ladders, one for each regime, and a day to hold: all rules have work.</summary>
internal static class Ladders
{
    public static ExitBrainSettings Settings { get; } = new()
    {
        WithTrend = ExitProfiles.Trend,
        AgainstTrend = ExitProfiles.Chop,
        InRange = ExitProfiles.Range,
        InVolatile = ExitProfiles.Volatile,
        InUncertain = ExitProfiles.Normal,
        InUnknown = ExitProfiles.Adaptive,
        MaxHoldMs = 86_400_000,
    };
}
