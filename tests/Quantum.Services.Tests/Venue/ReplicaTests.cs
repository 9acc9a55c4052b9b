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
}
