using Quantum.Contracts.Units;

namespace Quantum.EventLog.Tests.Conformance;

public abstract partial class EventLogConformance
{
    [Fact]
    public void Pending_work_that_was_trimmed_is_told_as_missing_and_can_be_settled()
    {
        using var session = Held();
        Send(Intents, 0, 4);
        var read = FetchNew(session);
        Under.ForceTrim(Intents.StreamKey, 1);
        var again = FetchPending(session);
        Assert.Equal(read.Entries.Select(e => e.Id), again.Entries.Select(e => e.Id));
        Assert.Equal([true, true, true, false], again.Entries.Select(e => e.IsMissing));
        Assert.All(again.Entries.Take(3), entry => Assert.Empty(entry.Fields));
        Assert.Equal(CommitReply.Ok, session.Commit(CommitOf(again, 0, publishes: false)));
        Assert.Empty(FetchPending(session).Entries);
        Assert.True(Log.IsQuiet([Intents], out _));
    }

    [Fact]
    public void A_stream_that_vanishes_is_told_and_made_again()
    {
        using var session = Held();
        Send(Intents, 0, 2);
        var read = FetchNew(session);
        Under.DeleteStream(Intents.StreamKey);
        var gone = Assert.Throws<GroupMissingException>(() => FetchNew(session));
        Assert.Contains(Intents.StreamKey, gone.Message);
        session.EnsureGroup(Intents, read.Entries[^1].Id);
        var isNew = Send(Intents, 5);
        Assert.Equal([5], FetchNew(session).Numbers);
        Assert.True(isNew > EntryId.Zero);
    }

    [Fact]
    public void The_doorbell_stays_silent_when_its_stream_vanishes_and_the_fetch_tells()
    {
        using var session = Held();
        var behind = new LinkRead[] { new(Intents, Send(Intents, 0), 1) };
        using var stop = new CancellationTokenSource();
        using var other = Log.OpenSession(session.Seat);
        var remover = new Thread(() =>
        {
            // Again and again, so that it surely happens while the bell is waited for.
            while (!stop.IsCancellationRequested)
            {
                other.EnsureGroup(Intents, EntryId.Zero);
                Under.DeleteStream(Intents.StreamKey);
            }
        });
        remover.Start();
        Assert.False(session.Wait(behind, TimeSpan.FromMilliseconds(300), _bell));
        stop.Cancel();
        Assert.True(remover.Join(TimeSpan.FromSeconds(30)));
        Assert.False(session.Wait(behind, TimeSpan.FromMilliseconds(20), _bell));
        Assert.Throws<GroupMissingException>(() => FetchNew(session));
    }

    [Fact]
    public void A_group_that_vanishes_is_told_and_made_again_where_it_stood()
    {
        using var session = Held();
        Send(Intents, 0, 3);
        var read = FetchNew(session, 2);
        Assert.Equal(CommitReply.Ok, session.Commit(CommitOf(read, 0)));
        Under.DeleteGroup(Intents.StreamKey, Intents.Group);
        Assert.Throws<GroupMissingException>(() => FetchNew(session));
        Assert.Throws<GroupMissingException>(() => FetchPending(session));
        session.EnsureGroup(Intents, session.Load().Cursors[Intents.StreamKey]);
        Assert.Equal([2], FetchNew(session).Numbers);
    }

    [Fact]
    public void A_stream_made_anew_is_read_from_its_beginning_though_its_ids_are_lower()
    {
        using var session = Held();
        var farAhead = new EntryId(DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds(), 0);
        Under.DeleteStream(Intents.StreamKey);
        Send(Intents, 0, 2);
        session.EnsureGroup(Intents, farAhead);
        Assert.Equal([0, 1], FetchNew(session).Numbers);
    }

    [Fact]
    public void What_a_rogue_reader_took_is_taken_over()
    {
        using var session = Held();
        Send(Intents, 0, 3);
        Under.ReadAsOther(Intents.StreamKey, Intents.Group, "rogue-1a2b", 2);
        Assert.Equal([2], FetchNew(session).Numbers);
        session.EnsureGroup(Intents, EntryId.Zero);
        Assert.Equal([0, 1, 2], FetchPending(session).Numbers);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_group_that_was_moved_over_what_the_seat_has_not_read_is_put_back(int later)
    {
        using var session = Held();
        Send(Intents, 0, 5);
        var read = FetchNew(session, 2);
        Under.SetGroup(Intents.StreamKey, Intents.Group, Under.Entries(Intents.StreamKey)[^1].Id);
        Send(Intents, 5, later);
        var rest = FetchBehind(session, read);
        Assert.Equal(Enumerable.Range(2, 3 + later), rest.Numbers);
        Assert.All(rest.Entries, entry => Assert.Equal(1, entry.Deliveries));
        Assert.Equal(1, rest.GroupsPutBack);
        Assert.Equal(Enumerable.Range(0, 5 + later), FetchPending(session).Numbers);
        Send(Intents, 9);
        var next = FetchBehind(session, rest);
        Assert.Equal([9], next.Numbers);
        Assert.Equal(0, next.GroupsPutBack);
    }

    [Fact]
    public void What_a_rogue_reader_took_after_the_seat_began_is_taken_back_with_the_next_fetch()
    {
        using var session = Held();
        Send(Intents, 0, 2);
        var read = FetchNew(session);
        Send(Intents, 2, 3);
        Under.ReadAsOther(Intents.StreamKey, Intents.Group, "rogue-1a2b", 2);
        var rest = FetchBehind(session, read);
        Assert.Equal([2, 3, 4], rest.Numbers);
        Assert.Equal(1, rest.GroupsPutBack);
        Assert.Equal([0, 1, 2, 3, 4], FetchPending(session).Numbers);
    }

    [Fact]
    public void A_group_whose_passed_entries_were_trimmed_is_left_where_it_is()
    {
        using var session = Held();
        Send(Intents, 0, 5);
        var read = FetchNew(session, 2);
        Under.SetGroup(Intents.StreamKey, Intents.Group, Under.Entries(Intents.StreamKey)[^1].Id);
        Under.ForceTrim(Intents.StreamKey, 0);
        var rest = FetchBehind(session, read);
        Assert.Empty(rest.Entries);
        Assert.Equal(0, rest.GroupsPutBack);
    }

    private LogRead FetchBehind(ILogSession session, LogRead read) =>
        Fetch(session, new LinkRead(Intents, read.Entries[^1].Id, 100));

    [Fact]
    public void A_tail_is_trimmed_whoever_has_read_it()
    {
        using var session = Log.OpenSession(TailSeat);
        session.Acquire("a", s_ttl);
        session.EnsureGroup(Ticks, EntryId.Zero);
        Send(Ticks, 0, 1000);
        session.TrimTail(Ticks.StreamKey, 100);
        Assert.InRange(Under.Length(Ticks.StreamKey), 100, 300);
        var read = Fetch(session, new LinkRead(Ticks, EntryId.Zero, 2000));
        Assert.Equal(999, read.Numbers.Last());
        Log.Append(Ticks.StreamKey, Entry(("n", "1000")), maxLength: 100);
        Assert.InRange(Under.Length(Ticks.StreamKey), 100, 301);
    }
}
