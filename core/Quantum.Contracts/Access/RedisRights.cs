using R = Quantum.Contracts.Catalog.RoleNames;

namespace Quantum.Contracts.Access;

/// <summary>
/// What roles and services do in Redis. Selectors keep commands and keys together: who reads a stream acknowledges and
/// trims it, and cannot add to it.
/// </summary>
internal static class RedisRights
{
    private const string Streams = EventStream.KeyPrefix + "*";

    private const string Look =
        "exists type xlen xinfo xpending xrange xrevrange xread get hget hmget hgetall hvals llen lrange zrange zscore "
        + "smembers";

    /// <summary>What a role does, in every mode: its streams, its dead letters and the keys of its seat.</summary>
    public static IEnumerable<RedisRight> OfRole(string role)
    {
        EventStream[] read = [.. StreamCatalog.ReadBy(role)];
        EventStream[] written = [.. StreamCatalog.WrittenBy(role)];
        yield return RedisRight.On("xadd exists type xinfo xrange", written.Select(stream => stream.Key));
        yield return RedisRight.On(
            "exists type xlen xinfo xpending xrange xrevrange xread xreadgroup xack xclaim xtrim xgroup|create "
            + "xgroup|setid",
            read.Select(stream => stream.Key));
        yield return RedisRight.On("xadd type", read.Select(stream => stream.DeadLetterKey));
        yield return RedisRight.On(
            "exists type hget hmget hgetall hset hdel hincrby xadd rpush llen",
            ((string[])["lease", "cursor", "state", "journal", "counts", "reasons", "stage"])
                .Select(kind => $"quantum:{kind}:{role}"));
        // What of its entries it has handled, where its cursor cannot tell.
        yield return RedisRight.Looking("xrange", "quantum:journal:" + role);
        yield return RedisRight.On("blmpop type", "quantum:round:" + role);
        yield return RedisRight.On(
            "type hget hset expire", written.Select(stream => $"quantum:dedupe:{stream.Name}:*"));
    }

    /// <summary>What a service does beside its roles.</summary>
    public static IEnumerable<RedisRight> OfService(ServiceHost host, bool isTape) =>
        host.Roles.Count == 0 ? OfConsole() : [.. OfEvery(host), .. Own(host, isTape)];

    /// <summary>What it asks that is of no key.</summary>
    public static string[] WithoutKeys(ServiceHost host) =>
        host.Roles.Count == 0 || host.Roles.Contains(R.Watchdog) ? ["scan", "slowlog|get", "wait"]
        : host.Roles.Contains(R.Venue) ? ["wait"] : [];

    private static IEnumerable<RedisRight> OfEvery(ServiceHost host)
    {
        yield return RedisRight.On("type zadd zrem zremrangebyscore zrange", "quantum:members");
        yield return RedisRight.On("exists type hget hgetall hset", "quantum:topology");
        yield return RedisRight.Looking("exists type hget", "quantum:turn");
        // Striking itself off those that a tape's round waits for, and the ring of the last one.
        yield return RedisRight.On(
            "exists hdel hget rpush sadd type", "quantum:turn:bell", "quantum:turn:staged", "quantum:turn:waits");
        yield return RedisRight.On("del set hset", "quantum:settings:" + host.Name, "quantum:build:" + host.Name);
    }

    private static IEnumerable<RedisRight> Own(ServiceHost host, bool isTape) => host.Name switch
    {
        "market" => [.. OfMarket(), .. isTape ? OfTape() : []],
        "executor" => OfExecutor(),
        "governance" => OfGovernance(),
        "learning" => OfLearning(),
        _ => [],
    };

    private static IEnumerable<RedisRight> OfMarket()
    {
        yield return RedisRight.On("exists type get set mset del hgetall hset zadd", "quantum:feed:*");
        yield return Budget();
        // What the exchange told and nobody understands.
        yield return RedisRight.On("xadd type", StreamCatalog.MarketData.DeadLetterKey);
        // What is held, and how far everybody is: a feed goes on where its readers are.
        yield return RedisRight.Looking("exists type xinfo xrevrange", Streams);
    }

    // The turns of a recording (turn.lua): what every seat published meanwhile goes onto its streams.
    private static IEnumerable<RedisRight> OfTape()
    {
        yield return RedisRight.On("xadd type", Streams, EventStream.DeadLetterPrefix + "*");
        // Whether somebody's word stands there since the last one.
        yield return RedisRight.Looking("xread", Streams);
        yield return RedisRight.On("lrange rpush del", "quantum:stage:*", "quantum:round:*");
        yield return RedisRight.On("exists type hget hmget hset hsetnx", "quantum:turn", "quantum:turn:waits");
        yield return RedisRight.On("blpop rpush smembers sadd", "quantum:turn:bell", "quantum:turn:staged");
        // In one command: all its keys must stand in one selector.
        yield return RedisRight.On(
            "del", "quantum:turn", "quantum:turn:bell", "quantum:turn:staged", "quantum:turn:waits");
    }

    private static IEnumerable<RedisRight> OfExecutor()
    {
        yield return RedisRight.On(
            "exists type hget hmget hgetall hset hdel hincrby hincrbyfloat pexpire sadd srem smembers",
            "quantum:venue:*");
        yield return Budget();
        // Whether an operator's word is followed yet (begin.lua).
        yield return RedisRight.Looking("hget", "quantum:cursor:" + R.Governance);
        yield return RedisRight.Looking("xrange xrevrange",
            StreamCatalog.PolicyUpdated.Key, StreamCatalog.GovernanceControl.Key);
    }

    // The watchdog audits everything that it finds there.
    private static IEnumerable<RedisRight> OfGovernance()
    {
        yield return RedisRight.Looking(Look, "*");
        yield return RedisRight.On("get set del hvals hset hdel pexpire", "quantum:watchdog:*");
    }

    // A run's summary counts what stands on every stream, once it is quiet.
    private static IEnumerable<RedisRight> OfLearning()
    {
        yield return RedisRight.Looking(Look, Streams, "quantum:feed:*");
        yield return RedisRight.On("get set setnx", "quantum:run:id");
    }

    // It looks at everything and audits it, says an operator's words, and sends dead letters again.
    private static IEnumerable<RedisRight> OfConsole()
    {
        var words = StreamCatalog.GovernanceControl;
        yield return RedisRight.Looking(Look, "*");
        yield return RedisRight.On("type hget hset expire", $"quantum:dedupe:{words.Name}:*");
        yield return RedisRight.On("xadd", Streams);
        yield return RedisRight.On("xdel", EventStream.DeadLetterPrefix + "*");
        yield return RedisRight.On("lpush ltrim", "quantum:cli:actions");
        yield return RedisRight.On("hset hdel pexpire", "quantum:console:ended");
    }

    private static RedisRight Budget() => RedisRight.On("hmget hset pexpire", "quantum:budget:*");
}
