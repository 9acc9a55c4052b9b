using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.Console;

/// <summary>Why no position would be opened now, from what the status shows: the first question of a trader.</summary>
internal static class EntryObstacles
{
    private static readonly EventStream[] s_market = [StreamCatalog.MarketTick, StreamCatalog.MarketKlines];

    public static IEnumerable<string> Of(SystemStatus status) =>
        Policy(status).Concat(Seats(status)).Concat(Market(status)).Concat(Readers(status));

    private static IEnumerable<string> Policy(SystemStatus status)
    {
        if (status.Policy is not { } policy)
        {
            yield return "No policy was published yet: entries wait for governance.";
            yield break;
        }

        var why = $"{policy["reason_code"]}, {policy["reason"]}, by {policy["updated_by"]}";
        var isFlattening = policy["flatten_since_ms"].Length > 0;
        if (policy["kill_switch"] == "true")
            yield return $"The kill switch is on{(isFlattening ? " and every position is closed" : "")} ({why}).";
        if (policy["risk_mode"] == WireNames.Of(RiskMode.Halt)) yield return $"The policy's mode is halt ({why}).";
    }

    private static IEnumerable<string> Seats(SystemStatus status) =>
        from seat in status.Seats
        where !seat.Held
        select $"Nobody runs {seat.Seat}: the service {seat.Service} is down or starting.";

    // On a tape the next entry comes when the slowest reader is ready, so age says nothing.
    private static IEnumerable<string> Market(SystemStatus status)
    {
        if (status.FeedDone)
        {
            yield return "The recording is over.";
            yield break;
        }

        if (status.FeedPause is { } pause) yield return $"The feed is paused ({pause}).";
        foreach (var stream in s_market)
        {
            var known = status.Streams.Where(shard => Is(shard, stream)).ToArray();
            if (known.Length == 0) continue;
            var ageMs = known.Min(shard => shard.AgeMs ?? long.MaxValue);
            if (ageMs == long.MaxValue) yield return $"Nothing has come on {stream.Name} yet.";
            else if (!status.Tape && stream.FreshnessLimit is { } limit && ageMs > limit.TotalMilliseconds)
                yield return $"{stream.Name} is {ageMs / 1000} s old; its limit is {limit.TotalSeconds:0} s.";
        }
    }

    private static IEnumerable<string> Readers(SystemStatus status) =>
        from stream in status.Streams
        where stream.EntriesAdded > 0
        from reader in stream.Groups
        let fault = FaultOf(reader)
        where fault is not null
        select $"{stream.Name}: {reader.Role} {fault}.";

    private static string? FaultOf(GroupStatus reader)
    {
        if (!reader.Exists) return "does not read it";
        return reader.BehindMs > reader.LagObjectiveMs ? $"is {reader.BehindMs / 1000} s behind" : null;
    }

    private static bool Is(StreamStatus shard, EventStream stream) =>
        shard.Name == stream.Name || shard.Name.StartsWith(stream.Name + ":", StringComparison.Ordinal);
}
