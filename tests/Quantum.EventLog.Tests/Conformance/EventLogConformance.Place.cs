using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.EventLog.Runner;
using Quantum.EventLog.Tests.Harness;
using Quantum.Testing;

namespace Quantum.EventLog.Tests.Conformance;

/// <summary>
/// What a seat takes for its place on a stream whose group others have read: only what it has read itself.
/// </summary>
public abstract partial class EventLogConformance
{
    private static readonly RoleSeat s_counter = new(TestStreams.Counter, 0);

    private LogLink Pings => Log.Keys.LinksOf(s_counter, TestStreams.Pings)[0];

    [Fact]
    public void Between_two_ids_is_what_is_neither_of_them()
    {
        using var session = Held();
        Send(Intents, 0, 3);
        var ids = Under.Entries(Intents.StreamKey).Select(entry => entry.Id).ToArray();
        Assert.True(session.HasBetween(Intents.StreamKey, ids[0], ids[2]));
        Assert.True(session.HasBetween(Intents.StreamKey, EntryId.Zero, ids[1]));
        Assert.False(session.HasBetween(Intents.StreamKey, EntryId.Zero, ids[0]));
        Assert.False(session.HasBetween(Intents.StreamKey, ids[0], ids[1]));
        Assert.False(session.HasBetween("quantum:stream:nobody", EntryId.Zero, ids[2]));
    }

    [Fact]
    public void What_a_stranger_left_pending_is_no_place_for_a_seat_that_has_none()
    {
        Told(1, 10);
        StrangerReads(10, leaves: 5);
        using (var first = Counting("a"))
        {
            Pongs(5);
            Told(11, 1);
            Pongs(5, 11);
            Assert.True(first.Stop());
        }

        Told(12, 1);
        using var second = Counting("b");
        Pongs(5, 11, 12);
        Assert.True(second.Stop());
    }

    [Fact]
    public void Nor_is_it_for_the_next_owner_before_anything_new_came()
    {
        Told(1, 10);
        StrangerReads(10, leaves: 5);
        using (var first = Counting("a"))
        {
            Pongs(5);
            Assert.True(first.Stop());
        }

        using var second = Counting("b");
        Told(11, 1);
        Pongs(5, 11);
        Assert.True(second.Stop());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_pending_comes_once_though_the_group_is_set_back_before_anything_new_came(bool isNext)
    {
        Told(1, 10);
        StrangerReads(10, leaves: 5);
        using var first = Counting("a");
        Pongs(5);
        if (isNext) Assert.True(first.Stop());
        // Whoever sets it back wants to have it all again; the seat has no place that says otherwise.
        Under.SetGroup(Pings.StreamKey, Pings.Group, EntryId.Zero);
        using var second = isNext ? Counting("b") : null;
        Told(11, 1);
        Pongs(5, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11);
        Assert.True(first.Stop());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_a_stranger_acknowledged_behind_the_seats_place_is_handled_though_it_left_one_pending(bool isNext)
    {
        Told(1, 5);
        using (var first = Counting("a"))
        {
            Pongs(1, 2, 3, 4, 5);
            Assert.True(first.Stop());
        }

        Told(6, 5);
        StrangerReads(5, leaves: 10);
        if (isNext)
        {
            // An owner that handles what is pending and dies before it reads anything new.
            using var session = Log.OpenSession(s_counter);
            Assert.True(session.Acquire("dies", s_ttl).IsGranted);
            session.EnsureGroup(Pings, session.Load().Cursors[Pings.StreamKey]);
            Assert.Equal(10, HandleOnePending(session));
            session.Release();
        }

        using var second = Counting("b");
        Pongs(1, 2, 3, 4, 5, 10, 6, 7, 8, 9);
        Told(11, 1);
        Under.SetGroup(Pings.StreamKey, Pings.Group, EntryId.Zero);
        Told(12, 1);
        Pongs(1, 2, 3, 4, 5, 10, 6, 7, 8, 9, 11, 12);
        Assert.True(second.Stop());
    }

    [Fact]
    public void What_an_owner_had_read_and_left_pending_is_the_next_ones_place()
    {
        Told(1, 5);
        using (var first = Counting("a"))
        {
            Pongs(1, 2, 3, 4, 5);
            Assert.True(first.Stop());
        }

        Told(6, 3);
        using (var session = Log.OpenSession(s_counter))
        {
            session.Acquire("dies", s_ttl);
            Assert.Equal(3, Fetch(session, new LinkRead(Pings, session.Load().Cursors[Pings.StreamKey], 100))
                .Entries.Count);
            session.Release();
        }

        using var second = Counting("b");
        Pongs(1, 2, 3, 4, 5, 6, 7, 8);
        Assert.True(second.Stop());
        using var look = Log.OpenSession(s_counter);
        Assert.Equal(Under.Entries(Pings.StreamKey)[^1].Id, look.Load().Cursors[Pings.StreamKey]);
    }

    private void Told(long from, int count)
    {
        for (var number = from; number < from + count; number++) TestStreams.Send(Log, 0, number);
    }

    // Under the seat's own group: a system before this one, or somebody's tool.
    private void StrangerReads(int count, int leaves)
    {
        using (var session = Log.OpenSession(s_counter)) session.EnsureGroup(Pings, EntryId.Zero);
        Under.ReadAsOther(Pings.StreamKey, Pings.Group, "stranger-1a2b", count);
        var told = Under.Entries(Pings.StreamKey);
        foreach (var (id, fields) in told.TakeLast(count))
            if (fields.Single(field => field.Name == "number").Value != $"{leaves}")
                Under.Acknowledge(Pings.StreamKey, Pings.Group, id);
    }

    // As a seat does it that knows that the entry is out of line: its journal is told, its cursor not.
    private long HandleOnePending(ILogSession session)
    {
        var read = Fetch(session, new LinkRead(Pings, EntryId.Zero, 1, Pending: true));
        var entry = Assert.Single(read.Entries);
        var text = new JournalText();
        text.Add(Pings.StreamKey, entry.Id);
        var commit = new CommitBatch
        {
            ExpectedSequence = session.Load().Sequence, Journal = text.ToString(),
        };
        commit.For(Pings).Acks.Add(entry.Id);
        var number = long.Parse(entry.Fields["number"], System.Globalization.CultureInfo.InvariantCulture);
        var pong = commit.AddOutput(TestStreams.Pongs.Key);
        pong.Add("number"u8, System.Text.Encoding.UTF8.GetBytes(entry.Fields["number"]));
        Assert.Equal(CommitReply.Ok, session.Commit(commit));
        return number;
    }

    private RoleRunner Counting(string owner)
    {
        var runner = new RoleRunner(Log, new CounterRole(), s_counter, RedisWorld.Settings, owner);
        runner.Start();
        return runner;
    }

    /// <summary>These were answered, in this order, and then nothing else.</summary>
    private void Pongs(params long[] numbers)
    {
        Eventually.True(() => Under.Length(TestStreams.Pongs.Key) >= numbers.Length && Log.IsQuiet([Pings], out _));
        Assert.Equal(numbers.Select(number => $"{number}"), Under.Entries(TestStreams.Pongs.Key)
            .Select(entry => entry.Fields.Single(field => field.Name == "number").Value));
    }
}
