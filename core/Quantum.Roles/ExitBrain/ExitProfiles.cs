namespace Quantum.Roles.ExitBrain;

/// <summary>
/// The ladders of domain facts 3.2 and the adaptive levels of 2.3. Two entries differ from the audited table: NORMAL's
/// shares summed to 1 beside a trailing part that could never act, so its last target is halved and the rest trails;
/// soft (limit) and hard (market) targets are one here, since every exit is a reduce-only market intent.
/// </summary>
internal static class ExitProfiles
{
    /// <summary>
    /// The plan that an entry's expected result is reckoned with: all of it at 1 R, else the stop or the time stop.
    /// </summary>
    public static ExitProfile Barrier => new() { Name = "BARRIER", Targets = [new(1m, 1m)] };

    /// <summary>TP1 to TP3 by LSF, split by leverage, trailing by v3.5's 0.5 % from 1 R.</summary>
    public static ExitProfile Adaptive => new() { Name = "ADAPTIVE", Targets = [], Trailing = [new(1m, 0.005m)] };

    public static ExitProfile Trend => new()
    {
        Name = "TREND",
        Targets = [new(0.5m, 0.15m), new(1m, 0.20m), new(2m, 0.30m)],
        Trailing = [new(1.5m, 0.02m), new(3m, 0.015m), new(5m, 0.01m)],
    };

    public static ExitProfile Range => new()
    {
        Name = "RANGE",
        Targets = [new(0.2m, 0.35m), new(0.4m, 0.35m), new(0.7m, 0.30m)],
    };

    public static ExitProfile Volatile => new()
    {
        Name = "VOLATILE",
        Targets = [new(0.4m, 0.25m), new(0.8m, 0.35m), new(1.5m, 0.40m)],
        Trailing = [new(1m, 0.025m)],
    };

    public static ExitProfile Chop => new()
    {
        Name = "CHOP",
        Targets = [new(0.15m, 0.40m), new(0.35m, 0.40m), new(0.6m, 0.20m)],
    };

    public static ExitProfile Normal => new()
    {
        Name = "NORMAL",
        Targets = [new(0.5m, 0.25m), new(1m, 0.25m), new(2m, 0.25m)],
        Trailing = [new(1m, 0.015m), new(3m, 0.01m)],
    };

    /// <summary>30 % at 1 R, the rest trails by two ATR; two hours to reach the target.</summary>
    public static ExitProfile Challenge100 => new()
    {
        Name = "CHALLENGE_100",
        Targets = [new(1m, 0.30m)],
        Trailing = [new(1m, 0.02m, AtrMultiple: 2m)],
        FirstTargetWithinMs = 7_200_000,
    };

    public static IReadOnlyList<ExitProfile> All =>
        [Barrier, Adaptive, Trend, Range, Volatile, Chop, Normal, Challenge100];
}
