using Quantum.EventLog;
using Quantum.EventLog.Runner;

namespace Quantum.Audit;

/// <summary>The servers and who is alive: topology mark, members, leases.</summary>
internal sealed record SystemFacts(
    RedisFacts Redis, IReadOnlyList<RedisFacts> Servers, LogKeys Keys, IReadOnlySet<RoleSeat> HeldSeats)
{
    /// <summary>False when it could not be asked who is alive: then nobody is called dead.</summary>
    public bool AreMembersKnown { get; private init; }

    /// <summary>False when it could not be asked who holds the seats.</summary>
    public bool AreLeasesKnown { get; private init; }

    public bool IsAlive(string role, string consumer) => Redis.Members.Contains(SeatPlacement.MemberOf(role, consumer));


    /// <summary>The servers, then the marks, then the leases of the topology that is marked.</summary>
    public static SystemFacts Read(Asking asking, CancellationToken cancel)
    {
        var (redis, servers) = new ServerReading(asking).Read(cancel);
        asking.AskKey(AuditCommand.Mark, LogKeys.Topology);
        asking.AskKey(AuditCommand.Members, LogKeys.Members, "0", "-1", "WITHSCORES");
        asking.Send();
        var mark = asking.Read(out var reply) == Answer.Given ? reply.ReadFields() : [];
        var areMembersKnown = asking.Read(out reply) == Answer.Given;
        var members = areMembersKnown ? Members(reply, redis.NowMs) : [];
        var shards = int.TryParse(mark.GetValueOrDefault("shards"), CultureInfo.InvariantCulture, out var n) ? n : 1;
        var keys = new LogKeys(Math.Clamp(shards, 1, 256));
        redis = redis with
        {
            IsQuantum = mark.GetValueOrDefault("system") == "quantum",
            Mode = mark.GetValueOrDefault("mode") is { } mode ? NameText.Shown(mode) : null, Members = members,
        };
        var (held, areLeasesKnown) = Held(asking, keys, redis.NowMs);
        return new SystemFacts(redis, servers, keys, held)
        {
            AreMembersKnown = areMembersKnown, AreLeasesKnown = areLeasesKnown,
        };
    }

    /// <summary>Those whose time has not run out, in the order of their time.</summary>
    private static string[] Members(RespReader reply, long nowMs)
    {
        var members = new List<string>();
        for (var left = reply.ReadArray(); left > 1; left -= 2)
        {
            var member = reply.ReadName();
            if (double.TryParse(reply.ReadString(), CultureInfo.InvariantCulture, out var untilMs) && untilMs >= nowMs)
                members.Add(member);
        }

        return [.. members];
    }

    private static (HashSet<RoleSeat> Seats, bool AreAllKnown) Held(Asking asking, LogKeys keys, long nowMs)
    {
        RoleSeat[] seats = [.. keys.AllSeats];
        foreach (var seat in seats) asking.AskKey(AuditCommand.Lease, keys.Lease(seat), "until");
        asking.Send();
        var (held, areAllKnown) = (new HashSet<RoleSeat>(), true);
        foreach (var seat in seats)
        {
            if (asking.Read(out var reply) != Answer.Given) areAllKnown = false;
            else if (reply.Next == RespKind.Bulk && UntilMs(reply) > nowMs) held.Add(seat);
        }

        return (held, areAllKnown);
    }

    private static long UntilMs(RespReader reply) =>
        long.TryParse(reply.ReadString(), CultureInfo.InvariantCulture, out var ms) ? ms : 0;
}
