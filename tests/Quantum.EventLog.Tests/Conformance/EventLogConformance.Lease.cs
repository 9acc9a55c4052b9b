using Quantum.Contracts.Units;

namespace Quantum.EventLog.Tests.Conformance;

public abstract partial class EventLogConformance
{
    [Fact]
    public void One_owner_at_a_time()
    {
        using var first = Held("a");
        using var second = Log.OpenSession(Seat);
        var refused = second.Acquire("b", s_ttl);
        Assert.Equal((false, "a"), (refused.IsGranted, refused.Owner));
        Send(Intents, 0);
        Assert.False(FetchNew(second).IsHeld);
        Assert.Equal(CommitReply.Fenced, second.Commit(new CommitBatch { ClockMs = 1 }));
        Assert.False(second.Renew());
        Assert.True(first.Renew());
        first.Release();
        Assert.True(second.Acquire("b", s_ttl).IsGranted);
    }

    [Fact]
    public void An_owner_known_to_be_dead_is_replaced_at_once_and_fenced()
    {
        using var dead = Held("a");
        Send(Intents, 0);
        var read = FetchNew(dead);
        using var next = Log.OpenSession(Seat);
        Assert.False(next.Acquire("b", s_ttl, gone: "c").IsGranted);
        Assert.True(next.Acquire("b", s_ttl, gone: "a").IsGranted);
        Assert.Equal(CommitReply.Fenced, dead.Commit(CommitOf(read, 0)));
        Assert.Equal(CommitReply.Ok, next.Commit(CommitOf(FetchPending(next), 0)));
    }

    [Fact]
    public void An_expired_owner_is_fenced_in_everything()
    {
        using var zombie = Held("a");
        Send(Intents, 0, 2);
        var read = FetchNew(zombie);
        Under.Expire(Seat);
        using var owner = Held("b");
        Assert.Equal(CommitReply.Fenced, zombie.Commit(CommitOf(read, 0)));
        Assert.False(FetchNew(zombie).IsHeld);
        Assert.False(FetchPending(zombie).IsHeld);
        Assert.False(zombie.Renew());
        zombie.Release();
        Assert.Empty(Published());
        var again = FetchPending(owner);
        Assert.Equal([0, 1], again.Numbers);
        Assert.Equal(CommitReply.Ok, owner.Commit(CommitOf(again, 0)));
        Assert.Equal(["0", "1"], Published());
    }

    [Fact]
    public void Asking_again_fences_the_own_older_session()
    {
        using var before = Held("a");
        Send(Intents, 0);
        var read = FetchNew(before);
        using var after = Log.OpenSession(Seat);
        Assert.True(after.Acquire("a", s_ttl).IsGranted);
        Assert.Equal(CommitReply.Fenced, before.Commit(CommitOf(read, 0)));
        Assert.Equal(CommitReply.Ok, after.Commit(CommitOf(FetchPending(after), 0)));
    }

    [Fact]
    public void An_expired_lease_that_nobody_took_still_commits()
    {
        using var session = Held("a");
        Send(Intents, 0);
        var read = FetchNew(session);
        Under.Expire(Seat);
        Assert.Equal(CommitReply.Ok, session.Commit(CommitOf(read, 0)));
    }

    [Fact]
    public void Epochs_rise_and_fruitless_leases_are_counted()
    {
        using var session = Log.OpenSession(Seat);
        var leases = Enumerable.Range(0, 3).Select(_ => session.Acquire("a", s_ttl)).ToArray();
        Assert.Equal([0, 1, 2], leases.Select(lease => lease.FruitlessLeases));
        Assert.True(leases[0].Epoch < leases[1].Epoch && leases[1].Epoch < leases[2].Epoch);
        Assert.Equal(CommitReply.Ok, session.Commit(new CommitBatch { ClockMs = 1 }));
        Assert.Equal(0, session.Acquire("a", s_ttl).FruitlessLeases);
    }

    [Fact]
    public void Seats_are_apart()
    {
        using var executor = Held("a");
        using var exitBrain = Log.OpenSession(TailSeat);
        Assert.True(exitBrain.Acquire("b", s_ttl).IsGranted);
        Assert.Equal(CommitReply.Ok, exitBrain.Commit(StateCommit(0, ("x", "1"))));
        Assert.Equal(0, executor.Load().Sequence);
        Assert.Empty(executor.Load().State);
    }

    [Fact]
    public void After_a_clock_that_ran_ahead_ids_and_epochs_go_on_rising()
    {
        var (id, epoch) = Under.WithClockAhead(TimeSpan.FromHours(2), Seat, Intents.StreamKey, Entry(("n", "0")));
        using var session = Log.OpenSession(Seat);
        var lease = session.Acquire("after", s_ttl);
        Assert.True(lease.IsGranted);
        Assert.True(lease.Epoch > epoch, $"epoch {lease.Epoch} is not above {epoch}");
        Assert.True(Send(Intents, 1) > id);
        session.EnsureGroup(Intents, EntryId.Zero);
        var read = FetchNew(session);
        Assert.Equal([0, 1], read.Numbers);
        Assert.Equal(CommitReply.Ok, session.Commit(CommitOf(read, 0)));
    }
}
