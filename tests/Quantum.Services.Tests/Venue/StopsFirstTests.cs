using Quantum.Contracts.Units;
using Quantum.Executor.Venue;
using Quantum.Roles.Symbols;
using Quantum.Testing;
using static Quantum.Services.Tests.Venue.VenueBench;

namespace Quantum.Services.Tests.Venue;

/// <summary>
/// What a stop waits for: one question about what may still arrive, and nothing else. The receive window is longer here
/// than any test waits, so that whatever is waited out until it is over never comes.
/// </summary>
public sealed class StopsFirstTests : IDisposable
{
    private readonly RedisServer _server = RedisServer.Start();

    public void Dispose() => _server.Dispose();

    private VenueBench Desk(FakeVenue? venue = null) => new(
        _server, venue: venue ?? new FakeVenue { ReceiveWindow = TimeSpan.FromMinutes(10) });

    [Fact]
    public async Task That_a_stop_is_not_there_yet_is_told_at_once_and_another_one_goes_after_one_question()
    {
        await using var desk = Desk();
        desk.Venue.Fates.Enqueue(Fate.RequestLost);
        desk.Send(StopOf("s1"));
        desk.Await("s1", OrderStatus.Unknown);
        desk.Send(Question(StopOf("s1")));
        Eventually.True(() => desk.Told.Any(told => told.ReasonCode == "not_there_yet"));
        desk.Send(StopOf("s2"));
        desk.Await("s2", OrderStatus.Accepted);
        Assert.Equal(["s1", "s2"], desk.Venue.Posts);
        // It is still asked for until it is certain, and it was asked for before the other one went.
        Assert.Equal(["s1"], desk.Journal.OpenIds(default));
        Assert.Equal(2, desk.Venue.Asked.Count(asked => asked == "query s1"));
        Assert.DoesNotContain(desk.Told, told => told.Status == OrderStatus.NotFound);
    }

    [Fact]
    public async Task A_close_goes_after_one_question_about_a_lost_stop()
    {
        await using var desk = Desk();
        desk.Venue.Fates.Enqueue(Fate.RequestLost);
        desk.Send(StopOf("s1"));
        desk.Send(Question(StopOf("s1")));
        desk.Send(Exit("x"));
        desk.Await("x", OrderStatus.Accepted);
        Assert.Equal(["s1", "x"], desk.Venue.Posts);
    }

    [Fact]
    public async Task An_entry_that_waits_for_certainty_holds_up_no_stop_and_is_not_sent_when_it_was_cancelled()
    {
        await using var desk = Desk();
        desk.Venue.Fates.Enqueue(Fate.RequestLost);
        desk.Send(Entry("a"));
        desk.Await("a", OrderStatus.Unknown);
        desk.Send(Entry("b"));
        Eventually.True(() => desk.Venue.Asked.Contains("query a"));
        desk.Send(StopOf("s"));
        desk.Await("s", OrderStatus.Accepted);
        desk.Send(Entry("b") with { Action = OrderAction.Cancel, Quantity = 0 });
        Eventually.True(() => desk.Venue.Asked.Contains("cancel b"));
        Assert.Equal(["a", "s"], desk.Venue.Posts);
    }

    [Fact]
    public async Task An_exit_waits_until_a_lost_entry_can_arrive_no_more()
    {
        await using var desk = Desk(new FakeVenue { ReceiveWindow = TimeSpan.FromMilliseconds(500) });
        desk.Venue.Fates.Enqueue(Fate.ArrivesLate);
        desk.Send(Entry("a"));
        desk.Await("a", OrderStatus.Unknown);
        desk.Send(Exit("x"));
        desk.Await("x", OrderStatus.Accepted);
        var told = desk.Told.Where(told => told.Status == OrderStatus.Accepted).Select(told => told.ClientOrderId);
        Assert.Equal(["a", "x"], told);
    }

    [Fact]
    public async Task A_question_that_is_not_answered_holds_up_no_stop()
    {
        await using var desk = Desk();
        desk.Send(StopOf("old"));
        desk.Await("old", OrderStatus.Accepted);
        var end = desk.Venue.Hanging["old"] = new TaskCompletionSource();
        desk.Send(Question(StopOf("old")));
        Eventually.True(() => desk.Venue.Asked.Contains("query old"));
        desk.Send(StopOf("new"));
        desk.Await("new", OrderStatus.Accepted);
        end.SetResult();
    }

    [Fact]
    public async Task A_close_that_waits_for_one_question_is_not_buried_under_the_next_ones()
    {
        await using var desk = Desk();
        desk.Venue.Fates.Enqueue(Fate.RequestLost);
        desk.Send(StopOf("s1"));
        desk.Await("s1", OrderStatus.Unknown);
        var end = desk.Venue.Hanging["s1"] = new TaskCompletionSource();
        var never = desk.Venue.Hanging["z"] = new TaskCompletionSource();
        desk.Send(Question(StopOf("s1")));
        Eventually.True(() => desk.Venue.Asked.Contains("query s1"));
        desk.Send(Exit("x"));
        Eventually.True(() => desk.Venue.Asked.Count(asked => asked == "query s1") == 2);
        desk.Send(Question(StopOf("z")));
        end.SetResult();
        desk.Await("x", OrderStatus.Accepted);
        never.SetResult();
    }

    [Fact]
    public async Task What_is_waited_for_goes_before_what_has_come_since()
    {
        using var line = new LaneLine();
        var (end, served) = (new TaskCompletionSource(), 0);
        for (var i = 0; i < 3; i++) line.Put(isUrgent: true, () => Task.CompletedTask);
        await line.ServeUntilAsync(end.Task, work =>
        {
            Assert.True(line.IsServing);
            served++;
            end.SetResult();
            return work();
        });
        Assert.Equal(1, served);
        Assert.False(line.IsServing);
    }

    [Fact]
    public async Task What_was_left_open_is_asked_for_though_the_stream_cannot_be_opened_nor_the_account_be_read()
    {
        var venue = new FakeVenue { IsDeaf = true };
        await using (var first = new VenueBench(_server, venue: venue))
        {
            venue.Fates.Enqueue(Fate.AnswerLost);
            first.Send(Entry("a"));
            first.Await("a", OrderStatus.Unknown);
        }

        // The first comparison is further off than the test waits.
        var options = new OrderLaneOptions { DoubtAfterStartMs = 0, RetryAfterMs = 60_000 };
        await using var second = new VenueBench(_server, options, venue);
        using var watch = second.Watch(new SymbolFilterBook());
        await watch.StartAsync(default);
        second.Await("a", OrderStatus.Accepted);
        second.Send(StopOf("s"));
        second.Await("s", OrderStatus.Accepted);
        Assert.Equal(["a", "s"], venue.Posts);
        Assert.False(venue.IsHeard);
        await watch.StopAsync(default);
    }
}
