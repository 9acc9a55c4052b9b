using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.EventLog.Tests.Conformance;

public abstract partial class EventLogConformance
{
    [Fact]
    public void Entries_arrive_once_and_in_order()
    {
        using var session = Held();
        Send(Intents, 0, 25);
        Assert.Equal(Enumerable.Range(0, 10), FetchNew(session, 10).Numbers);
        var rest = FetchNew(session);
        Assert.Equal(Enumerable.Range(10, 15), rest.Numbers);
        Assert.Equal(rest.Entries.Select(e => e.Id).Order(), rest.Entries.Select(e => e.Id));
        Assert.All(rest.Entries, entry => Assert.Equal((1L, false), (entry.Deliveries, entry.IsMissing)));
        Assert.Empty(FetchNew(session).Entries);
    }

    [Fact]
    public void Several_links_are_read_in_the_order_asked_for()
    {
        using var session = Held("a", Intents, Updates);
        Send(Updates, 1);
        Send(Intents, 2);
        Send(Updates, 3);
        var read = Fetch(session, new LinkRead(Intents, EntryId.Zero, 10), new LinkRead(Updates, EntryId.Zero, 10));
        Assert.Equal([(0, 2), (1, 1), (1, 3)], read.Entries.Select(e => e.Read).Zip(read.Numbers));
    }

    [Fact]
    public void What_was_not_committed_is_delivered_again_with_a_rising_count()
    {
        Send(Intents, 0, 3);
        using (var crashed = Held("a")) FetchNew(crashed);
        using var session = Held("a");
        Assert.Empty(FetchNew(session).Entries);
        var again = FetchPending(session);
        Assert.Equal([0, 1, 2], again.Numbers);
        Assert.All(again.Entries, entry => Assert.Equal(2, entry.Deliveries));
        Assert.All(FetchPending(session).Entries, entry => Assert.Equal(3, entry.Deliveries));
    }

    [Fact]
    public void Pending_entries_are_read_in_pages_and_only_behind_the_given_id()
    {
        using var session = Held();
        Send(Intents, 0, 5);
        var all = FetchNew(session);
        var page = Fetch(session, new LinkRead(Intents, all.Entries[1].Id, 2, Pending: true));
        Assert.Equal([2, 3], page.Numbers);
    }

    [Fact]
    public void Acknowledged_entries_are_not_pending_any_more()
    {
        using var session = Held();
        Send(Intents, 0, 4);
        var read = FetchNew(session, 3);
        Assert.Equal(CommitReply.Ok, session.Commit(CommitOf(read with { Entries = [read.Entries[1]] }, 0)));
        Assert.Equal([0, 2], FetchPending(session).Numbers);
        Assert.Equal([3], FetchNew(session).Numbers);
    }

    [Fact]
    public void A_cursor_reads_behind_its_id_and_as_often_as_it_likes()
    {
        using var session = Log.OpenSession(TailSeat);
        Assert.True(session.Acquire("a", s_ttl).IsGranted);
        session.EnsureGroup(Ticks, EntryId.Zero);
        Send(Ticks, 0, 6);
        var first = Fetch(session, new LinkRead(Ticks, EntryId.Zero, 4));
        Assert.Equal([0, 1, 2, 3], first.Numbers);
        Assert.Equal([2, 3, 4, 5], Fetch(session, new LinkRead(Ticks, first.Entries[1].Id, 4)).Numbers);
        Under.DeleteStream(Ticks.StreamKey);
        Assert.Empty(Fetch(session, new LinkRead(Ticks, EntryId.Zero, 4)).Entries);
    }

    [Fact]
    public void A_new_group_starts_where_it_is_told_and_an_old_one_stays_where_it_was()
    {
        Send(Intents, 0, 3);
        using var session = Log.OpenSession(Seat);
        session.Acquire("a", s_ttl);
        var last = session.EnsureGroup(Intents, EntryId.Zero);
        Assert.Equal(Under.Entries(Intents.StreamKey)[^1].Id, last);
        Assert.Equal([0, 1], FetchNew(session, 2).Numbers);
        session.EnsureGroup(Intents, last);
        Assert.Equal([2], FetchNew(session).Numbers);
        Assert.Equal(EntryId.Zero, session.EnsureGroup(Updates, EntryId.Zero));
        Send(Updates, 7);
        Assert.Equal([7], Fetch(session, new LinkRead(Updates, EntryId.Zero, 9)).Numbers);
    }

    [Fact]
    public void Empty_values_and_1_MB_values_pass_unchanged()
    {
        using var session = Held();
        var big = new string('x', 1024 * 1024);
        Log.Append(Intents.StreamKey, Entry(("n", "0"), ("empty", ""), ("", "no name"), ("big", big)));
        var fields = Assert.Single(FetchNew(session).Entries).Fields;
        Assert.Equal(("", "no name", big), (fields["empty"], fields[""], fields["big"]));
    }

    [Fact]
    public void Fields_of_others_pass_unread_and_unchanged()
    {
        using var session = Held();
        Log.Append(Intents.StreamKey, Entry(("n", "0"), ("from_a_newer_build", "ä€😀\r\n"), ("$5\r\n", "*1\r\n")));
        var fields = Assert.Single(FetchNew(session).Entries).Fields;
        Assert.Equal(("ä€😀\r\n", "*1\r\n"), (fields["from_a_newer_build"], fields["$5\r\n"]));
    }

    [Fact]
    public void Many_are_appended_in_their_order_each_to_its_stream()
    {
        using var session = Held("a", Intents, Updates);
        NewEntry[] entries =
            [.. Enumerable.Range(0, 300).Select(i => new NewEntry(
                i % 3 == 0 ? Updates.StreamKey : Intents.StreamKey, Entry(("n", $"{i}")), 0))];
        Log.AppendAll(entries);
        Log.AppendAll([]);
        Log.AppendAll([new NewEntry(Intents.StreamKey, Entry(("n", "300")), 0)]);
        Assert.Equal(Enumerable.Range(0, 301).Where(i => i % 3 != 0 || i == 300), FetchNew(session, 500).Numbers);
        Assert.Equal(
            Enumerable.Range(0, 300).Where(i => i % 3 == 0),
            Fetch(session, new LinkRead(Updates, EntryId.Zero, 500)).Numbers);
    }

    [Fact]
    public void Of_many_those_with_an_id_are_appended_once_and_in_their_place()
    {
        using var session = Held("a", Intents, Updates);
        NewEntry[] entries =
            [.. Enumerable.Range(0, 300).Select(i => new NewEntry(
                i % 3 == 0 ? Updates.StreamKey : Intents.StreamKey, Entry(("n", $"{i}")), 0,
                i % 2 == 0 ? $"entry-{i}" : null))];
        Log.AppendAll(entries);
        Log.AppendAll([.. entries.Where(entry => entry.OnceId is not null)]);
        Log.AppendAll([entries[0]]);
        Log.AppendOnce(Intents.StreamKey, "entry-2", Entry(("n", "2")));
        Assert.Equal(Enumerable.Range(0, 300).Where(i => i % 3 != 0), FetchNew(session, 500).Numbers);
        Assert.Equal(
            Enumerable.Range(0, 300).Where(i => i % 3 == 0),
            Fetch(session, new LinkRead(Updates, EntryId.Zero, 500)).Numbers);
    }

    [Fact]
    public void An_append_with_a_dedupe_id_happens_once()
    {
        var first = Log.AppendOnce(Intents.StreamKey, "fill-1", Entry(("n", "1")));
        Assert.Equal(first, Log.AppendOnce(Intents.StreamKey, "fill-1", Entry(("n", "1"))));
        Assert.NotEqual(first, Log.AppendOnce(Intents.StreamKey, "fill-2", Entry(("n", "2"))));
        Log.AppendOnce(Updates.StreamKey, "fill-1", Entry(("n", "3")));
        Assert.Equal((2, 1), (Under.Length(Intents.StreamKey), Under.Length(Updates.StreamKey)));
    }

    [Fact]
    public void The_doorbell_rings_for_what_is_there_and_for_what_comes()
    {
        using var session = Held();
        var read = new LinkRead[] { new(Intents, EntryId.Zero, 1) };
        Assert.False(session.Wait(read, TimeSpan.FromMilliseconds(20), _bell));
        var id = Send(Intents, 0);
        Assert.True(session.Wait(read, TimeSpan.FromSeconds(30), _bell));
        var behind = new LinkRead[] { new(Intents, id, 1) };
        var sender = new Thread(() => Send(Intents, 1));
        sender.Start();
        var rang = false;
        for (var attempt = 0; attempt < 40 && !rang; attempt++)
            rang = session.Wait(behind, TimeSpan.FromSeconds(1), _bell);
        Assert.True(rang);
        Assert.True(sender.Join(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void What_tail_streams_have_comes_with_the_bell()
    {
        using var session = Log.OpenSession(TailSeat);
        var first = Send(Ticks, 0);
        Send(Ticks, 1, 120);
        var results = Log.Keys.LinksOf(TailSeat, StreamCatalog.ExecutionResult)[0];
        LinkRead[] reads = [new(results, EntryId.Zero, 10), new(Ticks, first, 1000)];
        Assert.True(session.Wait(reads, TimeSpan.FromSeconds(30), _bell));
        Assert.Equal(Enumerable.Range(1, ILogSession.BellCount), LogRead.Of(true, _bell).Numbers);
        Assert.All(Enumerable.Range(0, _bell.Count), i => Assert.Equal(1, _bell[i].Read));
        // An entry of a group must be claimed, so that it only rings.
        Send(results, 0);
        Assert.True(session.Wait(reads, TimeSpan.FromSeconds(30), _bell));
        Assert.Equal(0, _bell.Count);
        LinkRead[] behind = [reads[1] with { After = new EntryId(long.MaxValue, 0) }];
        Assert.False(session.Wait(behind, TimeSpan.FromMilliseconds(20), _bell));
        Assert.Equal(0, _bell.Count);
    }

    [Fact]
    public void The_doorbell_can_be_silenced_before_and_while_it_waits()
    {
        using var session = Held();
        var read = new LinkRead[] { new(Intents, EntryId.Zero, 1) };
        session.Interrupt();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.False(session.Wait(read, TimeSpan.FromSeconds(60), _bell));
        var rang = true;
        var waiting = new Thread(() => rang = session.Wait(read, TimeSpan.FromSeconds(60), _bell));
        waiting.Start();
        while (!waiting.Join(10)) session.Interrupt();
        Assert.False(rang);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(40));
    }
}
