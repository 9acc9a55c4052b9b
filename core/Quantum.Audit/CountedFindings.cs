using Quantum.EventLog;

namespace Quantum.Audit;

/// <summary>What roles counted and a person must know: each named with its symbol, for as long as it is so.</summary>
internal static class CountedFindings
{
    private const long DroppedForMs = 600_000;
    private const long UnprotectedForMs = 60_000;

    private static readonly Watched[] s_watched =
    [
        // The executor says itself when it is over.
        new(RoleNames.Executor, "emergency_close", "close_refused", long.MaxValue, (symbol, count, at) => new Finding(
            FindingCodes.PositionNotClosed, Severity.Critical, null, null, count,
            $"The position in {symbol} has no stop and the venue refuses to close it, the last time at {at}; "
            + $"{count} closes of {symbol} were refused in all.",
            $"close it at the exchange by hand; ./quantum why {symbol} tells the venue's words")),
        new(RoleNames.Executor, "protection", "beyond_limit", UnprotectedForMs, (symbol, _, at) => new Finding(
            FindingCodes.PositionUnprotected, Severity.Critical, null, null, 1,
            $"The position in {symbol} stands without a confirmed stop for longer than is allowed, still at {at}.",
            $"./quantum positions shows since when, ./quantum why {symbol} the venue's words; place a stop or close it "
            + "at the exchange by hand")),
        new(RoleNames.MarketPublisher, "tick", "dropped", DroppedForMs, (symbol, count, at) => new Finding(
            FindingCodes.TicksDropped, Severity.Warning, StreamCatalog.MarketTick.Key, null, count,
            $"{count} ticks of {symbol} were dropped in all, the last at {at}: Redis was away for too long.",
            "find what kept Redis away: its log, or ./quantum audit")),
    ];

    /// <summary>Asks for the reasons and counts of the roles that are watched.</summary>
    public static IReadOnlyList<Finding> Read(Asking asking, SystemFacts system)
    {
        if (!system.Redis.IsQuantum) return [];
        var seats = s_watched.Select(watched => watched.Role).Distinct().SelectMany(system.Keys.SeatsOf).ToArray();
        foreach (var seat in seats)
        {
            asking.AskKey(AuditCommand.Counted, system.Keys.Reasons(seat));
            asking.AskKey(AuditCommand.Counted, system.Keys.Counts(seat));
        }

        asking.Send();
        var counted = seats.Select(seat => (seat.Role, Reasons: Fields(asking), Counts: Fields(asking))).ToArray();
        return
        [
            .. s_watched.SelectMany(watched => counted.Where(its => its.Role == watched.Role)
                .SelectMany(its => Of(watched, its.Reasons, its.Counts, system.Redis.NowMs))),
        ];
    }

    private static Dictionary<string, string> Fields(Asking asking) =>
        asking.Read(out var reply) == Answer.Given ? reply.ReadFields() : [];

    private static IEnumerable<Finding> Of(
        Watched watched, Dictionary<string, string> reasons, Dictionary<string, string> counts, long nowMs)
    {
        var counter = ReasonFields.Last(watched.Counter, "");
        foreach (var (name, last) in reasons.OrderBy(reason => reason.Key, StringComparer.Ordinal))
        {
            if (!name.StartsWith(counter, StringComparison.Ordinal)) continue;
            if (!ReasonFields.TryReadLast(last, out var atMs, out var reason) || reason != watched.Reason) continue;
            if (nowMs - atMs > watched.ForMs) continue;
            var symbol = NameText.Shown(name[counter.Length..]);
            _ = long.TryParse(
                counts.GetValueOrDefault(ReasonFields.Count(watched.Counter, reason, name[counter.Length..])),
                CultureInfo.InvariantCulture, out var count);
            var time = DateTimeOffset.FromUnixTimeMilliseconds(atMs)
                .ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            yield return watched.Tell(symbol, Math.Max(1, count), time) with { About = symbol };
        }
    }

    /// <param name="Role">Who counts.</param>
    /// <param name="Counter">Under which counter, by symbol.</param>
    /// <param name="Reason">Which reason is found while it is the counter's last.</param>
    /// <param name="ForMs">For how long after it was counted, ms.</param>
    /// <param name="Tell">Makes the finding of symbol, count and time.</param>
    private sealed record Watched(
        string Role, string Counter, string Reason, long ForMs, Func<string, long, string, Finding> Tell);
}
