using Quantum.EventLog;
using Quantum.Roles.TradingBot;

namespace Quantum.Looking;

/// <summary>What keeps the whole system from entering a position now: the first question of a trader.</summary>
public static class EntryBlocks
{
    private static readonly EventStream[] s_market = [StreamCatalog.MarketTick, StreamCatalog.MarketKlines];

    /// <summary>Roles without which no entry is made, or none that anybody guards.</summary>
    private static readonly string[] s_needed =
    [
        RoleNames.AiEngine, RoleNames.TradingBot, RoleNames.Executor, RoleNames.ExitBrain, RoleNames.Portfolio,
        RoleNames.Governance,
    ];

    /// <summary>In words, each one thing; empty when nothing is seen to block.</summary>
    public static IReadOnlyList<string> Of(SystemRedis look, PolicyInForce? policy, FeedNow feed)
    {
        ArgumentNullException.ThrowIfNull(look);
        return [.. OfPolicy(policy), .. OfFeed(feed), .. OfSeats(look), .. OfMarket(look)];
    }

    /// <summary>Until when the bot leaves a symbol alone after a loss or a trade, UTC epoch ms; 0 when it does
    /// not.</summary>
    /// <exception cref="JsonException">The saved text is no such state.</exception>
    public static long CooldownUntilMs(SystemRedis look, string symbol)
    {
        ArgumentNullException.ThrowIfNull(look);
        var state = look.StateOf<BotSymbolState>(RoleNames.TradingBot, $"{BotSymbolState.Key}/{symbol}");
        return state?.CooldownUntilMs ?? 0;
    }

    private static IEnumerable<string> OfPolicy(PolicyInForce? policy)
    {
        if (policy is null)
        {
            yield return "no policy was published: entries are blocked until governance speaks";
            yield break;
        }

        if (policy.KillSwitch)
            yield return
                $"the kill switch is on{(policy.FlattenSinceMs is null ? "" : " and every position is closed")}, "
                + $"by {policy.UpdatedBy}: {policy.Reason}";
        if (policy.RiskMode == WireNames.Of(RiskMode.Halt))
            yield return $"risk mode is halt: {policy.Reason}" + (policy.Trip is { } trip ? $" ({trip.End})" : "");
    }

    private static IEnumerable<string> OfFeed(FeedNow feed) => feed switch
    {
        { State: FeedState.Paused } => [$"the feed is paused, by {feed.By}: {feed.Reason}"],
        { State: FeedState.Ended } => ["the recording is over"],
        _ => [],
    };

    private static IEnumerable<string> OfSeats(SystemRedis look) =>
        from role in s_needed
        where !look.Keys.SeatsOf(role).Any(look.IsHeld)
        select $"no live {role}: its service {ServiceHosts.Of(role).Name} is down or starting (./quantum audit)";

    // On a tape the next entry comes when the slowest reader is ready, so age says nothing.
    private static IEnumerable<string> OfMarket(SystemRedis look)
    {
        foreach (var stream in s_market)
        {
            var newest = look.Keys.KeysOf(stream).Select(look.Last).OfType<StreamEntry>().ToList();
            if (newest.Count == 0) yield return $"nothing has come on {stream.Name} yet";
            else if (!look.IsTape && stream.FreshnessLimit is { } limit
                && look.NowMs - newest.Max(entry => entry.IdMs) is var ageMs && ageMs > limit.TotalMilliseconds)
                yield return $"{stream.Name} is {TimeText.Age(ageMs)} old; its limit is "
                    + TimeText.Age((long)limit.TotalMilliseconds);
        }
    }
}
