using System.Text;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.EventLog.Tests.Conformance;

public abstract partial class EventLogConformance
{
    [Fact]
    public void A_commit_does_everything_together()
    {
        using var session = Held();
        Send(Intents, 0, 2);
        var read = FetchNew(session);
        var commit = CommitOf(read, 0);
        commit.State.Add(new StateWrite("positions/BTCUSDT", "{\"q\":1}"u8.ToArray()));
        commit.State.Add(new StateWrite("gone", null));
        commit.Journal = "trade.intent=1-0";
        commit.ClockMs = 5000;
        commit.Reasons.Add(new ReasonCount("denied", "stale", "BTCUSDT", 1000, 2));
        Assert.Equal(CommitReply.Ok, session.Commit(commit));
        Assert.Equal(["0", "1"], Published());
        Assert.Empty(FetchPending(session).Entries);
        var saved = session.Load();
        Assert.Equal((1L, 5000L), (saved.Sequence, saved.ClockMs));
        Assert.Equal(read.Entries[1].Id, saved.Cursors[Intents.StreamKey]);
        var field = Assert.Single(saved.State);
        Assert.Equal(("positions/BTCUSDT", "{\"q\":1}"), (field.Key, Encoding.UTF8.GetString(field.Value)));
        Assert.Equal([(1L, "trade.intent=1-0")], Under.Journal(session.Seat));
    }

    [Fact]
    public void State_outlives_its_session_and_is_changed_field_by_field()
    {
        using (var first = Held("a"))
            Assert.Equal(CommitReply.Ok, first.Commit(StateCommit(0, ("a", "1"), ("b", "2"))));
        using var session = Held("a");
        Assert.Equal(CommitReply.Ok, session.Commit(StateCommit(1, ("a", null), ("b", "3"), ("c", "4"))));
        Assert.Equal("b=3 c=4", StateOf(session));
    }

    [Fact]
    public void A_commit_repeated_after_a_lost_reply_is_applied_once()
    {
        using var session = Held();
        Send(Intents, 0);
        var commit = CommitOf(FetchNew(session), 0);
        Assert.Equal(CommitReply.Ok, session.Commit(commit));
        Assert.Equal(CommitReply.Duplicate, session.Commit(commit));
        Assert.Equal(["0"], Published());
        Assert.Equal(1, session.Load().Sequence);
    }

    [Fact]
    public void A_commit_from_an_older_or_newer_state_is_refused_whole()
    {
        using var session = Held();
        Send(Intents, 0, 3);
        var read = FetchNew(session);
        Assert.Equal(CommitReply.Stale, session.Commit(CommitOf(read, 5)));
        Assert.Equal(CommitReply.Ok, session.Commit(StateCommit(0, ("a", "1"))));
        Assert.Equal(CommitReply.Ok, session.Commit(StateCommit(1, ("a", "2"))));
        Assert.Equal(CommitReply.Stale, session.Commit(CommitOf(read, 0)));
        Assert.Empty(Published());
        Assert.Equal([0, 1, 2], FetchPending(session).Numbers);
        Assert.Equal("a=2", StateOf(session));
    }

    [Fact]
    public void Commit_and_fetch_are_one_step()
    {
        using var session = Held();
        Send(Intents, 0, 4);
        var first = FetchNew(session, 2);
        var batch = new LogBatch();
        var reads = new LinkRead[] { new(Intents, EntryId.Zero, 10) };
        Assert.Equal(CommitReply.Ok, session.CommitAndFetch(CommitOf(first, 0), reads, batch));
        Assert.Equal([2, 3], LogRead.Of(true, batch).Numbers);
        Send(Intents, 4);
        Assert.Equal(CommitReply.Duplicate, session.CommitAndFetch(CommitOf(first, 0), reads, batch));
        Assert.Equal([4], LogRead.Of(true, batch).Numbers);
        Assert.Equal(CommitReply.Stale, session.CommitAndFetch(CommitOf(first, 9), reads, batch));
        Assert.Equal(0, batch.Count);
        Assert.Equal([2, 3, 4], FetchPending(session).Numbers);
    }

    [Fact]
    public void Many_outputs_keep_their_order_on_every_stream()
    {
        using var session = Held();
        var commit = new CommitBatch();
        for (var i = 0; i < 1000; i++)
            commit.AddOutput(i % 3 == 0 ? Updates.StreamKey : Results).Add("for"u8, i);
        Assert.Equal(CommitReply.Ok, session.Commit(commit));
        Assert.Equal(Enumerable.Range(0, 1000).Where(i => i % 3 != 0).Select(i => $"{i}"), Published());
        Assert.Equal(334, Under.Length(Updates.StreamKey));
    }

    [Fact]
    public void Quiet_is_when_every_group_has_read_and_acknowledged_all()
    {
        Assert.True(Log.IsQuiet([Intents, Updates], out _));
        Send(Intents, 0, 2);
        Assert.False(Log.IsQuiet([Intents], out var blocker));
        Assert.Contains(Intents.StreamKey, blocker);
        using var session = Held();
        var read = FetchNew(session);
        Assert.False(Log.IsQuiet([Intents], out _));
        session.Commit(CommitOf(read, 0));
        Assert.True(Log.IsQuiet([Intents, Updates], out blocker));
        Assert.Null(blocker);
    }

    [Fact]
    public void A_cursors_group_moves_forward_only()
    {
        using var session = Log.OpenSession(TailSeat);
        session.Acquire("a", s_ttl);
        session.EnsureGroup(Ticks, EntryId.Zero);
        var first = Send(Ticks, 0);
        var last = Send(Ticks, 1);
        Assert.False(Log.IsQuiet([Ticks], out _));
        session.Advance(Ticks, last);
        Assert.True(Log.IsQuiet([Ticks], out _));
        session.Advance(Ticks, first);
        Assert.True(Log.IsQuiet([Ticks], out _));
    }

    [Fact]
    public void Nothing_unread_or_unacknowledged_is_trimmed()
    {
        using var session = Held();
        Send(Intents, 0, 5);
        var beyond = Under.Entries(Intents.StreamKey)[^1].Id.Next();
        Assert.Equal(0, session.Trim(Intents.StreamKey, beyond));
        var read = FetchNew(session, 4);
        Assert.Equal(0, session.Trim(Intents.StreamKey, beyond));
        session.Commit(CommitOf(read with { Entries = [.. read.Entries.Take(2)] }, 0));
        Assert.Equal(2, session.Trim(Intents.StreamKey, beyond));
        Assert.Equal([2, 3], FetchPending(session).Numbers);
        Assert.Equal([4], FetchNew(session).Numbers);
        Assert.Equal(0, session.Trim("quantum:stream:nothing", beyond));
    }

    private static CommitBatch StateCommit(long expected, params (string Field, string? Value)[] writes)
    {
        var commit = new CommitBatch { ExpectedSequence = expected };
        foreach (var (field, value) in writes)
            commit.State.Add(new StateWrite(field, value is null ? null : Encoding.UTF8.GetBytes(value)));
        return commit;
    }

    private static string StateOf(ILogSession session) => string.Join(" ", session.Load().State
        .OrderBy(field => field.Key, StringComparer.Ordinal)
        .Select(field => $"{field.Key}={Encoding.UTF8.GetString(field.Value)}"));
}
