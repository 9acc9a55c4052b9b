using Quantum.EventLog;

namespace Quantum.Audit;

/// <summary>What a replay of the running system says of its decisions, and when that says nothing.</summary>
internal static class ReplayFindings
{
    public static IEnumerable<Finding> Of(RedisFacts redis, ReplayReport? told)
    {
        if (told is null) yield break;
        if (Behind(redis, told) is { } behind) yield return behind;
        // What was told before it fell silent says nothing of now.
        if (told is not { IsFresh: true, Different: > 0 }) yield break;
        var with = told.With.Length == 0 ? "" : $", which is given {told.With}";
        yield return new Finding(FindingCodes.DecisionsDiffer, Severity.Warning, null, null, told.Different,
            string.Create(CultureInfo.InvariantCulture,
                $"{told.Different} of {told.Compared} decisions of the last hour differ from those of the live replay")
            + string.Create(CultureInfo.InvariantCulture, $"{with} ({told.DifferPer1000:0.###} of a thousand)")
            + (told.First.Length == 0 ? "." : $", first {told.First}."),
            told.With.Length == 0
                ? "the replay's terminal has the input and both decisions; the services run another build or settings "
                    + "that they did not tell, else a role is not deterministic: start all of one build, then replay "
                    + $"again: {Again(redis)}"
                : $"it is replayed with other settings than the system's: end that replay, or: {Again(redis)}");
    }

    private static Finding? Behind(RedisFacts redis, ReplayReport told)
    {
        var text = !told.IsFresh
            ? $"The live replay has told nothing since {Time(told.AtMs)}: whether decisions are the same is not known."
            : redis.NowMs - told.WholeAtMs > ReplayReport.BehindAfterMs
                ? $"The live replay has not compared all that was committed since {Time(told.WholeAtMs)}."
                : told.Missed > 0
                    ? $"{told.Missed} commits of the last hour were gone before the live replay could compare them."
                    : null;
        if (text is null) return null;
        return new Finding(FindingCodes.ReplayBehind, Severity.Warning, ReplayKeys.Told, null, told.Missed, text,
            told.IsFresh
                ? "give it more of a core, or fewer roles (--roles): it must keep up with what is trimmed"
                : $"start it again: {Again(redis)}, or give it up: {redis.KeyCli.Command("DEL", ReplayKeys.Told)}");
    }

    private static string Again(RedisFacts redis) => $"./quantum replay --live --redis {RedisCli.Word(redis.Given)}";

    private static string Time(long atMs) => DateTimeOffset.FromUnixTimeMilliseconds(atMs)
        .ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
