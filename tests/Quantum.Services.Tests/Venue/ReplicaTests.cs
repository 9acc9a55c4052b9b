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
        using var replica = RedisServer.Start(new RedisServerOptions
        {
            AppendOnly = true, Arguments = ["--replicaof", "127.0.0.1 " + redis.Port],
        });
        Eventually.True(() => new RedisEntries(redis).Info("replication", "slave0:")?.Contains("online") == true);
        await using var desk = new VenueBench(redis);
        replica.Freeze();
        desk.Send(Entry("alone"));
        Assert.Equal(
            "not_replicated", desk.Await("alone", OrderStatus.Rejected, OrderStatus.Accepted).ReasonCode);
        desk.Send(Exit("exit"));
        desk.Await("exit", OrderStatus.Accepted);
        replica.Resume();
        Eventually.True(() => new RedisEntries(replica).Hash("quantum:venue:order:exit").Count > 0);
        desk.Send(Entry("copied"));
        desk.Await("copied", OrderStatus.Accepted);
        Assert.Equal(["exit", "copied"], desk.Venue.Posts);
        Assert.NotEmpty(new RedisEntries(replica).Hash("quantum:venue:order:copied"));
    }
}
