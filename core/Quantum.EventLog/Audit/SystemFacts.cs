using System.Globalization;
using Quantum.Contracts.Catalog;
using Quantum.EventLog.Resp;
using Quantum.EventLog.Runner;

namespace Quantum.EventLog.Audit;

/// <summary>The server and who is alive: topology mark, members, leases.</summary>
internal sealed record SystemFacts(RedisFacts Redis, LogKeys Keys, IReadOnlySet<RoleSeat> HeldSeats)
{
    private const long RecentMs = 600_000;
    private const int SlowLogEntries = 10;

    public bool IsAlive(string role, string consumer) => Redis.Members.Contains(SeatPlacement.MemberOf(role, consumer));

    /// <summary>Two round trips: the server and the marks, then the leases of the topology that is marked.</summary>
    public static SystemFacts Read(RespConnection connection)
    {
        var writer = connection.BeginWrite();
        writer.Command("TIME");
        writer.Command("INFO");
        writer.Command("HGETALL", LogKeys.Topology);
        writer.Command("ZRANGE", LogKeys.Members, "0", "-1", "WITHSCORES");
        writer.Command("SLOWLOG", "GET", SlowLogEntries.ToString(CultureInfo.InvariantCulture));
        connection.Flush();
        var nowMs = connection.ReadReply().ReadTimeUs() / 1000;
        var facts = ServerFacts(connection, connection.ReadReply().ReadString(), nowMs);
        var mark = Mark(connection.ReadReply());
        var members = Members(connection.ReadReply(), nowMs);
        var (slow, slowestMs) = SlowLog(connection.ReadReply(), nowMs);
        var shards = int.TryParse(mark.GetValueOrDefault("shards"), CultureInfo.InvariantCulture, out var n) ? n : 1;
        var keys = new LogKeys(Math.Clamp(shards, 1, 256));
        facts = facts with
        {
            IsQuantum = mark.GetValueOrDefault("system") == "quantum", Mode = mark.GetValueOrDefault("mode"),
            Members = members, RecentSlowCommands = slow, SlowestMs = slowestMs,
        };
        return new SystemFacts(facts, keys, Held(connection, keys, nowMs));
    }

    // Somebody else may keep another kind of value there: then it is no mark of ours.
    private static Dictionary<string, string> Mark(RespReader reply) =>
        reply.Next == RespKind.Array ? reply.ReadFields() : [];

    private static RedisFacts ServerFacts(RespConnection connection, string text, long nowMs)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0) fields[line[..colon]] = line[(colon + 1)..].Trim();
        }

        long Number(string name) =>
            long.TryParse(fields.GetValueOrDefault(name), CultureInfo.InvariantCulture, out var value) ? value : 0;
        return new RedisFacts
        {
            Address = (connection.Endpoint with { ClientName = null }).ToString(), NowMs = nowMs,
            Version = fields.GetValueOrDefault("redis_version", "?"),
            UptimeS = Number("uptime_in_seconds"), MemoryBytes = Number("used_memory"),
            MaxMemoryBytes = Number("maxmemory"), EvictionPolicy = fields.GetValueOrDefault("maxmemory_policy", ""),
            AppendOnlyFile = Number("aof_enabled") == 1, Clients = Number("connected_clients"),
            PersistenceOk = fields.GetValueOrDefault("rdb_last_bgsave_status", "ok") == "ok"
                && fields.GetValueOrDefault("aof_last_write_status", "ok") == "ok",
            BlockedClients = Number("blocked_clients"), CommandsTotal = Number("total_commands_processed"),
            CommandsPerS = Number("instantaneous_ops_per_sec"),
        };
    }

    /// <summary>Those whose time has not run out, in the order of their time.</summary>
    private static string[] Members(RespReader reply, long nowMs)
    {
        if (reply.Next != RespKind.Array) return [];
        var members = new List<string>();
        for (var left = reply.ReadArray(); left > 1; left -= 2)
        {
            var member = reply.ReadString();
            if (double.TryParse(reply.ReadString(), CultureInfo.InvariantCulture, out var untilMs) && untilMs >= nowMs)
                members.Add(member);
        }

        return [.. members];
    }

    private static (int Count, double SlowestMs) SlowLog(RespReader reply, long nowMs)
    {
        // Managed servers may refuse it: then nothing is known, and that is no finding.
        if (reply.Next != RespKind.Array) return (0, 0);
        var (count, slowestMs) = (0, 0.0);
        for (var left = reply.ReadArray(); left > 0; left--)
        {
            var fields = reply.ReadArray();
            reply.Skip();
            var atMs = reply.ReadInteger() * 1000;
            var tookMs = reply.ReadInteger() / 1000.0;
            for (var i = 3; i < fields; i++) reply.Skip();
            if (nowMs - atMs > RecentMs) continue;
            count++;
            slowestMs = Math.Max(slowestMs, tookMs);
        }

        return (count, slowestMs);
    }

    private static HashSet<RoleSeat> Held(RespConnection connection, LogKeys keys, long nowMs)
    {
        RoleSeat[] seats =
        [
            .. StreamCatalog.All.SelectMany(stream => stream.Consumers).Select(consumer => consumer.Role).Distinct()
                .SelectMany(keys.SeatsOf),
        ];
        var writer = connection.BeginWrite();
        foreach (var seat in seats) writer.Command("HGET", keys.Lease(seat), "until");
        connection.Flush();
        var held = new HashSet<RoleSeat>();
        foreach (var seat in seats)
        {
            var reply = connection.ReadReply();
            if (reply.Next == RespKind.Bulk && reply.ReadInteger() > nowMs) held.Add(seat);
        }

        return held;
    }
}
