namespace Quantum.Audit;

/// <summary>What was not seen: questions without an answer, keys of another type, a Redis without a stream.</summary>
internal static class SightFindings
{
    public static IEnumerable<Finding> Of(Asking asking, SystemFacts system, AuditSample sample, KeyCheck check)
    {
        foreach (var odd in check.Odd) yield return WrongType(system.Redis, odd);
        foreach (var unanswered in asking.Unanswered) yield return CouldNotAsk(system.Redis, asking.Nodes, unanswered);
        if (sample.Streams.Count == 0) yield return Nothing(system, asking);
    }

    private static Finding WrongType(RedisFacts redis, OddKey odd)
    {
        var what = StreamKind.Of(odd.Key) is { } stream
            ? $"nothing of {stream.Name} can be written or read"
            : "who keeps its facts there can neither write nor read them";
        // A name in the same slot, so that a cluster takes it too.
        var aside = odd.Key.Contains('{', StringComparison.Ordinal) ? odd.Key + ":aside" : $"{{{odd.Key}}}:aside";
        return new Finding(FindingCodes.WrongType, Severity.Critical, odd.Key, null, 1,
            $"The key {odd.Key} holds {Kind(odd.Found)} where a {odd.Wanted} belongs: {what}.",
            $"stop who writes it, and put it aside: {redis.KeyCli.Command("RENAME", odd.Key, aside)}");
    }

    private static string Kind(string? type) => type is null ? "another type" : $"a {type}";

    private static Finding CouldNotAsk(RedisFacts redis, AuditNodes nodes, Unanswered unanswered)
    {
        var (command, subjects) = (unanswered.Command, unanswered.Subjects);
        var where = nodes.IsCluster ? $" at {unanswered.Node}" : "";
        var more = unanswered.Count > subjects.Count ? $" and {unanswered.Count - subjects.Count} more" : "";
        var about = subjects.Count == 0 ? "" : $" of {string.Join(", ", subjects)}{more}";
        return new Finding(FindingCodes.CouldNotAsk, command.Severity, null, null, unanswered.Count,
            $"{command} was not answered{where}: {unanswered.Message.TrimEnd('.')}. "
            + $"Not known{about}: {command.Unknown}.",
            Mend(redis, nodes.Endpoint, unanswered))
        {
            About = $"{command} {unanswered.Word}",
        };
    }

    private static string Mend(RedisFacts redis, RespEndpoint endpoint, Unanswered unanswered)
    {
        var command = unanswered.Command;
        // An administrator's command: not by the user that was refused.
        var admin = new RedisCli(redis.Cli.Endpoint with { User = null });
        var isKey = unanswered.Message.Contains(" key", StringComparison.Ordinal);
        return unanswered.Code switch
        {
            RespErrorCode.NoPermission => "as an administrator: " + admin.Command(
                "ACL", "SETUSER", endpoint.User ?? "default", isKey ? "~*" : "+" + command.AclName),
            RespErrorCode.UnknownCommand =>
                $"give {command.Name} its name back: take its rename-command out of the server's configuration",
            RespErrorCode.Moved or RespErrorCode.Ask or RespErrorCode.TryAgain or RespErrorCode.CrossSlot =>
                "the cluster moves keys, or its nodes could not be asked for: look again, at any of its masters",
            RespErrorCode.ClusterDown => $"bring its failed nodes back: {redis.KeyCli.Command("CLUSTER", "NODES")}",
            RespErrorCode.Loading => "look again when the server has loaded its data",
            RespErrorCode.MasterDown => redis.Master is { } master
                ? $"bring the master back, or look at it: ./quantum audit --redis {master}"
                : "bring the replica's master back",
            RespErrorCode.Busy => $"wait for the script, or end it: {redis.Cli.Command("SCRIPT", "KILL")}",
            _ => "the server's own words say what it wants; then look again",
        };
    }

    private static Finding Nothing(SystemFacts system, Asking asking)
    {
        var redis = system.Redis;
        var database = asking.Nodes.Endpoint.Database;
        var here = redis.Kind == RedisKind.Cluster
            ? system.Servers.Sum(server => server.Databases.Values.Sum())
            : redis.Databases.GetValueOrDefault(database);
        var others = redis.Databases.Where(other => other.Key != database).ToArray();
        var place = redis.Kind == RedisKind.Cluster
            ? $"the {asking.Nodes.All.Count} masters of the cluster at {asking.Nodes.Seed.Address} hold"
            : $"database {database} at {asking.Nodes.Seed.Address} holds";
        var held = !redis.IsKnown ? "" : here == 0 ? ", and no key at all" : $", but {here} keys of other types";
        var elsewhere = others.Length == 0 ? "" : " There are keys in "
            + string.Join(", ", others.Select(other => $"database {other.Key} ({other.Value})")) + ".";
        var isBlind = asking.Unanswered.Any(unanswered => unanswered.Command == AuditCommand.Scan);
        var address = asking.Nodes.Seed.Address;
        var mend = others.Length > 0
            ? $"look there: ./quantum audit --redis {address},defaultDatabase={others.MaxBy(other => other.Value).Key}"
            : redis.Master is { } master ? $"look at the master: ./quantum audit --redis {master}"
            : "name the right server with --redis host:port, or start the system that writes here";
        return new Finding(FindingCodes.NothingSeen, Severity.Warning, null, null, 0,
            (isBlind ? "Nothing was seen, and it could not be asked which streams there are."
                : $"Nothing was seen: {place} no stream{held}.") + elsewhere, mend);
    }
}
