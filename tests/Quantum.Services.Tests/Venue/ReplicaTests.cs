using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Testing;
using static Quantum.Services.Tests.Venue.VenueBench;

namespace Quantum.Services.Tests.Venue;

/// <summary>Where Redis has a replica, an order's record is on it before the order leaves.</summary>
public sealed class ReplicaTests
{
    [Fact]
    public async Task No_entry_leaves_before_a_replica_has_its_record()
    {
        using var redis = RedisServer.Start(new RedisServerOptions { AppendOnly = true });
        using var replica = ReplicaOf(redis);
        await using var desk = new VenueBench(redis);
        replica.Freeze();
        new RedisEntries(redis).Call("CLIENT", "PAUSE", "100", "ALL");
        desk.Send(Entry("alone"));
        Assert.Equal(
            "not_replicated", desk.Await("alone", OrderStatus.Rejected, OrderStatus.Accepted).ReasonCode);
        // Taken back, it is open to nobody: else the symbol's next order would ask the venue for it first. The time
        // that counts is the server's, whose clock is another one's.
        Assert.Empty(desk.Journal.OpenIds(default));
        Assert.Equal("absent", new RedisEntries(redis).Hash("quantum:venue:order:alone")["state"]);
        desk.Send(Exit("exit"));
        desk.Await("exit", OrderStatus.Accepted);
        replica.Resume();
        Eventually.True(() => new RedisEntries(replica).Hash("quantum:venue:order:exit").Count > 0);
        desk.Send(Entry("copied"));
        desk.Await("copied", OrderStatus.Accepted);
        Assert.Equal(["exit", "copied"], desk.Venue.Posts);
        Assert.NotEmpty(new RedisEntries(replica).Hash("quantum:venue:order:copied"));
    }

    // Whoever asks the new server whether it has replicas hears that it has none: that says nothing of the record.
    [Fact]
    public async Task What_a_failover_forgot_while_its_copy_was_waited_for_does_not_leave()
    {
        using var redis = RedisServer.Start();
        using var replica = ReplicaOf(redis);
        await using var desk = new VenueBench(redis);
        replica.Freeze();
        var tried = 0;
        Eventually.True(() =>
        {
            if (tried == 0 || desk.Told.Any(told => told.ClientOrderId == $"lost{tried}"))
                desk.Send(Entry($"lost{++tried}"));
            return new RedisEntries(redis).IsWaiting();
        });
        redis.Kill();
        // As the server that is in charge now: nothing of what its replica had not taken, and no replica of its own.
        redis.StartAgain();
        var now = new RedisEntries(redis);
        now.Call("XADD", StreamCatalog.PolicyUpdated.Key, "1-0", "kill_switch", "false", "risk_mode", "normal");
        desk.TakeSeat();
        desk.TakeGovernancePlace(0);
        desk.Send(Entry("next"));
        desk.Await("next", OrderStatus.Accepted);
        foreach (var id in desk.Venue.Posts) Assert.NotEmpty(now.Hash("quantum:venue:order:" + id));
    }

    private static RedisServer ReplicaOf(RedisServer redis)
    {
        var replica = RedisServer.Start(new RedisServerOptions
        {
            AppendOnly = true, Arguments = ["--replicaof", "127.0.0.1 " + redis.Port],
        });
        Eventually.True(() => new RedisEntries(redis).Info("replication", "slave0:")?.Contains("online") == true);
        return replica;
    }
}
