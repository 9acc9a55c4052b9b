using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Executor.Venue;
using Quantum.Roles.Executor;
using Quantum.Testing;
using static Quantum.Services.Tests.Venue.VenueBench;

namespace Quantum.Services.Tests.Venue;

/// <summary>No order is sent twice, and none is believed lost while it may still arrive.</summary>
public sealed class OrderLaneTests : IDisposable
{
    private static readonly Symbol s_eth = Symbol.Parse("ETHUSDT");
    private readonly RedisServer _server = RedisServer.Start();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task An_accepted_order_is_told_and_closed_in_the_journal()
    {
        await using var desk = new VenueBench(_server);
        desk.Send(Entry("a"));
        Assert.Equal(OrderStatus.Accepted, desk.Await("a", OrderStatus.Accepted).Status);
        Assert.Equal(SendState.Done, desk.Journal.Find("a", default)!.State);
        Assert.Empty(desk.Journal.OpenIds(default));
        Assert.Equal(["BTCUSDT"], desk.Journal.SymbolsEver(default));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task An_order_whose_answer_was_lost_is_found_and_not_sent_again(int throwing)
    {
        await using var desk = new VenueBench(_server);
        desk.Venue.Fates.Enqueue(throwing == 1 ? Fate.Throws : Fate.AnswerLost);
        desk.Send(Entry("a"));
        desk.Await("a", OrderStatus.Unknown);
        Assert.Equal(["a"], desk.Journal.OpenIds(default));
        desk.Send(Entry("a") with { Action = OrderAction.Query, Quantity = 0 });
        var found = desk.Await("a", OrderStatus.Accepted, OrderStatus.NotFound);
        Assert.Equal(throwing == 1 ? OrderStatus.NotFound : OrderStatus.Accepted, found.Status);
        Assert.Single(desk.Venue.Posts);
        Assert.Empty(desk.Journal.OpenIds(default));
    }

    [Fact]
    public async Task Not_found_is_believed_after_the_receive_window_and_only_when_it_is_said_twice()
    {
        await using var desk = new VenueBench(_server);
        desk.Venue.Fates.Enqueue(Fate.ArrivesLate);
        desk.Send(Entry("a"));
        desk.Send(Entry("a") with { Action = OrderAction.Query, Quantity = 0 });
        Assert.Equal(OrderStatus.Accepted, desk.Await("a", OrderStatus.Accepted, OrderStatus.NotFound).Status);
        desk.Venue.Fates.Enqueue(Fate.RequestLost);
        desk.Send(Entry("b"));
        desk.Send(Entry("b") with { Action = OrderAction.Query, Quantity = 0 });
        desk.Await("b", OrderStatus.NotFound);
        Assert.Equal(3, desk.Venue.Asked.Count(asked => asked == "query b"));
        Assert.Equal(SendState.Absent, desk.Journal.Find("b", default)!.State);
    }

    [Fact]
    public async Task A_command_that_is_delivered_again_asks_and_one_that_was_decided_anew_may_send()
    {
        await using var desk = new VenueBench(_server);
        var position = desk.Send(Entry("a"));
        desk.Await("a", OrderStatus.Accepted);
        desk.Again(Entry("a"), position);
        Eventually.True(() => desk.Venue.Asked.Contains("query a"));
        // The same order as a new command, though the venue has it: asked for as well.
        desk.Send(Entry("a"));
        Eventually.True(() => desk.Venue.Asked.Count == 2);
        Assert.Single(desk.Venue.Posts);
        desk.Venue.Fates.Enqueue(Fate.RequestLost);
        var lost = desk.Send(Entry("b"));
        desk.Send(Entry("b") with { Action = OrderAction.Query, Quantity = 0 });
        desk.Await("b", OrderStatus.NotFound);
        desk.Again(Entry("b"), lost);
        Eventually.True(
            () => desk.Told.Count(told => told is { ClientOrderId: "b", Status: OrderStatus.NotFound }) == 2);
        Assert.Equal(1, desk.Venue.Posts.Count(id => id == "b"));
        desk.Send(Entry("b"));
        desk.Await("b", OrderStatus.Accepted);
        Assert.Equal(2, desk.Venue.Posts.Count(id => id == "b"));
    }

    [Fact]
    public async Task Before_anything_else_of_a_symbol_the_open_order_is_asked_for_and_other_symbols_go_on()
    {
        await using var desk = new VenueBench(_server);
        desk.Venue.Fates.Enqueue(Fate.RequestLost);
        desk.Send(Entry("a"));
        desk.Await("a", OrderStatus.Unknown);
        desk.Send(Entry("b"));
        desk.Send(Entry("c", s_eth));
        desk.Await("c", OrderStatus.Accepted);
        desk.Await("b", OrderStatus.Accepted);
        Assert.Equal(["a", "c", "b"], desk.Venue.Posts);
        Assert.Contains(desk.Told, told => told is { ClientOrderId: "a", Status: OrderStatus.NotFound });
    }

    [Fact]
    public async Task An_entry_is_refused_while_the_venue_does_not_say_and_an_exit_goes()
    {
        await using var desk = new VenueBench(_server);
        desk.Venue.Fates.Enqueue(Fate.AnswerLost);
        desk.Send(Entry("a"));
        desk.Await("a", OrderStatus.Unknown);
        desk.Venue.IsAway = true;
        desk.Send(Entry("b"));
        Assert.Equal("order_unresolved", desk.Await("b", OrderStatus.Rejected).ReasonCode);
        desk.Send(Exit("x"));
        desk.Await("x", OrderStatus.Accepted);
        Assert.Equal(["a", "x"], desk.Venue.Posts);
    }

    [Fact]
    public async Task Cancels_of_orders_that_another_process_sent_are_not_remembered_without_end()
    {
        await using var desk = new VenueBench(_server, new OrderLaneOptions { WindowMarginMs = 0 });
        await using var venue = new FakeVenue();
        using var lane = new OrderLane(
            venue, desk.Journal, desk.Publisher, desk.Options, desk.Stop, desk.Notes, TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, default);
        for (var i = 0; i < 1_200; i++)
        {
            lane.Take(
                Entry($"x{i}") with { Action = OrderAction.Cancel },
                new EventLog.Runner.GatewayInput("e", "c", 0, new EntryId(1, i), "", 1));
        }

        // The newest are what may still have its Place in line; the oldest are forgotten.
        lane.Take(Entry("x1199"), new EventLog.Runner.GatewayInput("e", "c", 0, new EntryId(2, 0), "", 1));
        lane.Take(Entry("x0"), new EventLog.Runner.GatewayInput("e", "c", 0, new EntryId(2, 1), "", 1));
        lane.Close();
        await lane.Done;
        Assert.Equal(["x0"], venue.Posts);
    }

    [Fact]
    public async Task A_takeover_asks_for_what_the_one_before_left_open()
    {
        var venue = new FakeVenue();
        await using (var first = new VenueBench(_server, venue: venue))
        {
            venue.Fates.Enqueue(Fate.AnswerLost);
            first.Send(Entry("a"));
            first.Await("a", OrderStatus.Unknown);
        }

        await using var second = new VenueBench(_server, venue: venue);
        second.Desk.ResolveOpen(default);
        second.Await("a", OrderStatus.Accepted);
        Assert.Single(venue.Posts);
        Assert.Empty(second.Journal.OpenIds(default));
    }

    [Fact]
    public async Task A_young_process_asks_for_an_entry_that_is_not_on_record_before_it_sends_it()
    {
        var venue = new FakeVenue();
        await using (var first = new VenueBench(_server, venue: venue))
        {
            first.Send(Entry("a"));
            first.Await("a", OrderStatus.Accepted);
        }

        // Redis has lost it.
        new RedisEntries(_server).Call("FLUSHALL");
        await using var second = new VenueBench(_server, new OrderLaneOptions { WindowMarginMs = 100 }, venue);
        second.Send(Entry("a"));
        second.Await("a", OrderStatus.Accepted);
        second.Send(Entry("b"));
        second.Await("b", OrderStatus.Accepted);
        Assert.Equal(["a", "b"], venue.Posts);
    }

    [Fact]
    public async Task An_entry_that_was_cancelled_while_it_waited_is_not_sent()
    {
        await using var desk = new VenueBench(_server);
        desk.Venue.Fates.Enqueue(Fate.RequestLost);
        desk.Send(Entry("a"));
        desk.Send(Entry("b"));
        desk.Send(Entry("b") with { Action = OrderAction.Cancel, Quantity = 0 });
        Assert.Equal(OrderStatus.Canceled, desk.Await("b", OrderStatus.Canceled, OrderStatus.Accepted).Status);
        Assert.Equal(["a"], desk.Venue.Posts);
    }

    [Fact]
    public async Task A_question_stands_in_line_once_and_an_exit_goes_before_it()
    {
        await using var desk = new VenueBench(_server);
        desk.Venue.Fates.Enqueue(Fate.RequestLost);
        desk.Send(Entry("a"));
        desk.Await("a", OrderStatus.Unknown);
        for (var i = 0; i < 50; i++) desk.Send(Entry("a") with { Action = OrderAction.Query, Quantity = 0 });
        desk.Send(Exit("x"));
        desk.Await("x", OrderStatus.Accepted);
        desk.Await("a", OrderStatus.NotFound);
        Assert.InRange(desk.Venue.Asked.Count(asked => asked == "query a"), 1, 9);
    }

    [Fact]
    public async Task Whoever_lost_the_seat_sends_nothing()
    {
        await using var desk = new VenueBench(_server);
        desk.TakeSeat("another-process");
        desk.Send(Entry("a"));
        desk.Send(Entry("a") with { Action = OrderAction.Query, Quantity = 0 });
        desk.Await("a", OrderStatus.NotFound);
        Assert.Empty(desk.Venue.Posts);
        Assert.Null(desk.Journal.Find("a", default));
    }

    [Fact]
    public async Task Nothing_is_sent_after_its_deadline()
    {
        await using var desk = new VenueBench(_server);
        desk.Send(Entry("a") with { DeadlineMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - 1 });
        Assert.Equal("deadline", desk.Await("a", OrderStatus.Expired).ReasonCode);
        Assert.Empty(desk.Venue.Posts);
    }

    [Fact]
    public async Task A_symbol_has_no_more_entries_nor_notional_in_a_minute_than_is_allowed_and_exits_go_on()
    {
        var options = new OrderLaneOptions
        {
            DoubtAfterStartMs = 0, MaxEntriesPerMinute = 3, MaxEntryUsdPerMinute = 350, MaxOrdersPerMinute = 6,
        };
        await using var desk = new VenueBench(_server, options);
        // Two symbols, so that a minute that turns meanwhile cannot make the test fail for both.
        foreach (var symbol in new[] { Btc, s_eth })
        {
            foreach (var id in "abcd") desk.Send(Entry(symbol + "-" + id, symbol));
            desk.Await(symbol + "-d", OrderStatus.Rejected, OrderStatus.Accepted);
            foreach (var id in "xyzu") desk.Send(Exit(symbol + "-" + id, symbol));
        }

        foreach (var symbol in new[] { Btc, s_eth })
            desk.Await(symbol + "-u", OrderStatus.Rejected, OrderStatus.Accepted);
        var refused = desk.Told.Where(told => told.ReasonCode == "send_limit").Select(told => told.ClientOrderId);
        Assert.Contains(refused, id => id is "BTCUSDT-d" or "ETHUSDT-d");
        Assert.DoesNotContain(refused, id => id![^1] is 'x' or 'y' or 'z' or 'u');
        Eventually.True(() => (desk.NoteOf(FindingCodes.SendLimitPassed, "BTCUSDT")
            ?? desk.NoteOf(FindingCodes.SendLimitPassed, "ETHUSDT")) is { Severity: "critical" });
        desk.Send(Entry("big", Symbol.Parse("SOLUSDT"), quantity: 4));
        Assert.Equal("send_limit", desk.Await("big", OrderStatus.Rejected).ReasonCode);
    }

    [Fact]
    public async Task A_stop_of_entries_refuses_them_and_nothing_that_reduces_risk()
    {
        await using var desk = new VenueBench(_server);
        desk.Stop.Symbol(Btc, "its margin mode is not in force");
        desk.Send(Entry("blocked"));
        desk.Send(Exit("exit"));
        desk.Send(Entry("other", s_eth));
        var told = desk.Await("blocked", OrderStatus.Rejected, OrderStatus.Accepted);
        Assert.Equal(("entries_blocked", "its margin mode is not in force"), (told.ReasonCode, told.Reason));
        desk.Await("exit", OrderStatus.Accepted);
        desk.Await("other", OrderStatus.Accepted);
        desk.Stop.Account("the clock is wrong");
        desk.Send(Entry("all", s_eth));
        desk.Send(Exit("out", s_eth));
        Assert.Equal("the clock is wrong", desk.Await("all", OrderStatus.Rejected, OrderStatus.Accepted).Reason);
        desk.Await("out", OrderStatus.Accepted);
        desk.Stop.Account(null);
        desk.Stop.Symbol(Btc, null);
        desk.Send(Entry("again"));
        desk.Await("again", OrderStatus.Accepted);
    }

    [Theory]
    [InlineData("kill_on", "", "kill_switch")]
    [InlineData("flatten", "", "kill_switch")]
    [InlineData("set_mode", "halt", "halted")]
    [InlineData("set_mode", "defensive", null)]
    [InlineData("kill_off", "", null)]
    public async Task No_entry_leaves_after_an_operators_word_that_governance_has_not_followed_yet(
        string command, string mode, string? refusal)
    {
        await using var desk = new VenueBench(_server);
        var redis = new RedisEntries(_server);
        redis.Call("XADD", StreamCatalog.GovernanceControl.Key, "2-0", "command", "kill_on", "by", "before");
        redis.Call("HSET", "quantum:cursor:governance", StreamCatalog.GovernanceControl.Key, "2-0");
        desk.Send(Entry("before"));
        desk.Await("before", OrderStatus.Accepted);
        redis.Call(
            "XADD", StreamCatalog.GovernanceControl.Key, "3-0", "command", command, "risk_mode", mode, "by", "someone");
        desk.Send(Entry("after"));
        desk.Send(Exit("exit"));
        desk.Await("exit", OrderStatus.Accepted);
        var told = desk.Await("after", OrderStatus.Accepted, OrderStatus.Rejected);
        Assert.Equal(refusal, told.ReasonCode);
        Assert.Equal(refusal is null, desk.Venue.Posts.Contains("after"));
        Assert.Equal(refusal is null, desk.Journal.Find("after", default) is not null);
    }

    [Theory]
    [InlineData("true", "normal", "kill_switch")]
    [InlineData("false", "halt", "halted")]
    public async Task No_entry_leaves_under_a_policy_that_halts_and_what_reduces_risk_does(
        string isKilled, string mode, string refusal)
    {
        await using var desk = new VenueBench(_server);
        var redis = new RedisEntries(_server);
        redis.Call(
            "XADD", StreamCatalog.PolicyUpdated.Key, "*", "kill_switch", isKilled, "risk_mode", mode,
            "policy_version", "7");
        desk.Send(Entry("entry"));
        desk.Send(Exit("exit"));
        desk.Await("exit", OrderStatus.Accepted);
        var told = desk.Await("entry", OrderStatus.Rejected);
        Assert.Equal(refusal, told.ReasonCode);
        Assert.EndsWith("policy 7", told.Reason, StringComparison.Ordinal);
        Assert.Equal(["exit"], desk.Venue.Posts);
        redis.Call(
            "XADD", StreamCatalog.PolicyUpdated.Key, "*", "kill_switch", "false", "risk_mode", "normal",
            "policy_version", "8");
        desk.Send(Entry("released"));
        desk.Await("released", OrderStatus.Accepted);
    }

    [Fact]
    public async Task No_entry_leaves_while_no_policy_is_on_record()
    {
        await using var desk = new VenueBench(_server);
        new RedisEntries(_server).Call("DEL", StreamCatalog.PolicyUpdated.Key);
        desk.Send(Entry("entry"));
        desk.Send(Exit("exit"));
        desk.Await("exit", OrderStatus.Accepted);
        var told = desk.Await("entry", OrderStatus.Rejected, OrderStatus.Accepted);
        Assert.Equal("kill_switch", told.ReasonCode);
        Assert.Contains("no policy is on record", told.Reason, StringComparison.Ordinal);
        Assert.Equal(["exit"], desk.Venue.Posts);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task What_stops_entries_outlives_a_killed_Redis_and_its_failover(bool byPolicy, bool isFailover)
    {
        using var first = RedisServer.Start(new RedisServerOptions { AppendOnly = true });
        await using (var desk = new VenueBench(first))
        {
            desk.Send(Entry("before"));
            desk.Await("before", OrderStatus.Accepted);
        }

        using var replica = RedisServer.Start(new RedisServerOptions
        {
            AppendOnly = true, Arguments = ["--replicaof", "127.0.0.1 " + first.Port],
        });
        Eventually.True(() => new RedisEntries(replica).Info("replication", "master_link_status:") == "up");
        string[] trip = byPolicy
            ? [StreamCatalog.PolicyUpdated.Key, "*", "kill_switch", "true", "risk_mode", "normal"]
            : [StreamCatalog.GovernanceControl.Key, "*", "command", "kill_on", "by", "anna"];
        new RedisEntries(first).Call(["XADD", .. trip]);
        // What is later than the replica's last word is lost with the first server: an operator's word waits for it.
        var stream = byPolicy ? StreamCatalog.PolicyUpdated : (EventStream)StreamCatalog.GovernanceControl;
        Eventually.True(() => new RedisEntries(replica).Of(stream).Count == (byPolicy ? 2 : 1));
        if (isFailover)
        {
            first.Kill();
            new RedisEntries(replica).Call("REPLICAOF", "NO", "ONE");
        }
        else
        {
            first.Restart();
        }

        await using var after = new VenueBench(isFailover ? replica : first);
        after.Send(Entry("after"));
        after.Send(Exit("exit"));
        after.Await("exit", OrderStatus.Accepted);
        Assert.Equal("kill_switch", after.Await("after", OrderStatus.Rejected, OrderStatus.Accepted).ReasonCode);
        Assert.Equal(["exit"], after.Venue.Posts);
    }
}
