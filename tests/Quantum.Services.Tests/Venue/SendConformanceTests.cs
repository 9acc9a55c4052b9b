using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Executor;
using Quantum.Executor.Venue;
using Quantum.Roles.Executor;
using Quantum.Simulation;
using Quantum.Simulation.Venue;
using Quantum.Testing;
using static Quantum.Services.Tests.Venue.VenueBench;

namespace Quantum.Services.Tests.Venue;

/// <summary>
/// The right to send is one script over Redis and one class in the simulation: both say the same to the same.
/// </summary>
public sealed class SendConformanceTests
{
    private static readonly Symbol s_eth = Symbol.Parse("ETHUSDT");

    // What stands on the log, what is asked for, and the word.
    private static readonly
        Dictionary<string, (Action<IAskedForSend> Before, OrderCommand Order, SendVerdict Word)> s_cases =
        new(StringComparer.Ordinal)
        {
            ["nothing in the way"] = (_ => { }, Entry("a"), SendVerdict.Send),
            ["another has the seat"] = (desk => desk.Seat("another"), Entry("a"), SendVerdict.Fenced),
            ["another has the seat, and it was sent"] =
                (desk => { Sent(desk, Entry("a"), SendState.Done); desk.Seat("another"); }, Entry("a"),
                    SendVerdict.Fenced),
            ["it is on its way"] = (desk => desk.Begin(Entry("a"), 1), Entry("a"), SendVerdict.Ask),
            ["nobody knows of it"] = (desk => Sent(desk, Entry("a"), SendState.Unknown), Entry("a"), SendVerdict.Ask),
            ["it was answered"] = (desk => Sent(desk, Entry("a"), SendState.Done), Entry("a"), SendVerdict.Ask),
            ["absent, by another command"] =
                (desk => Sent(desk, Entry("a"), SendState.Absent), Entry("a"), SendVerdict.Send),
            ["absent, by the same command"] =
                (desk => Sent(desk, Entry("a"), SendState.Absent, number: 9), Entry("a"), SendVerdict.Ask),
            ["another of the symbol, in doubt"] =
                (desk => Sent(desk, Entry("b"), SendState.Unknown), Entry("a"), SendVerdict.OtherIsOpen),
            ["another before an exit"] =
                (desk => Sent(desk, Entry("b"), SendState.Unknown), Exit("a"), SendVerdict.OtherIsOpen),
            ["another of another symbol"] =
                (desk => Sent(desk, Entry("b", s_eth), SendState.Unknown), Entry("a"), SendVerdict.Send),
            ["another that was answered"] =
                (desk => Sent(desk, Entry("b"), SendState.Done), Entry("a"), SendVerdict.Send),
            ["it was sent, and another is open"] =
                (desk => { Sent(desk, Entry("a"), SendState.Done); desk.Begin(Entry("b"), 2); }, Entry("a"),
                    SendVerdict.Ask),
            ["another is open under a kill"] =
                (desk => { desk.Begin(Entry("b"), 1); desk.Word("kill_on"); }, Entry("a"), SendVerdict.OtherIsOpen),
            ["no policy"] = (desk => desk.NoPolicy(), Entry("a"), SendVerdict.Killed),
            ["no policy, and an exit"] = (desk => desk.NoPolicy(), Exit("a"), SendVerdict.Send),
            ["a policy kills"] = (desk => desk.Policy("true", "normal"), Entry("a"), SendVerdict.Killed),
            ["a policy kills, and a stop"] = (desk => desk.Policy("true", "halt"), StopOf("a"), SendVerdict.Send),
            ["a policy halts"] = (desk => desk.Policy("false", "halt"), Entry("a"), SendVerdict.Halted),
            ["a policy kills and halts"] = (desk => desk.Policy("true", "halt"), Entry("a"), SendVerdict.Killed),
            ["a policy is defensive"] = (desk => desk.Policy("false", "defensive"), Entry("a"), SendVerdict.Send),
            ["a policy lifts a kill"] =
                (desk => { desk.Policy("true", "normal"); desk.Policy("false", "normal"); },
                    Entry("a"), SendVerdict.Send),
            ["a word kills"] = (desk => desk.Word("kill_on"), Entry("a"), SendVerdict.Killed),
            ["a word kills, and an exit"] = (desk => desk.Word("kill_on"), Exit("a"), SendVerdict.Send),
            ["a word flattens"] = (desk => desk.Word("flatten"), Entry("a"), SendVerdict.Killed),
            ["a word halts"] = (desk => desk.Word("set_mode", "halt"), Entry("a"), SendVerdict.Halted),
            ["a word is defensive"] = (desk => desk.Word("set_mode", "defensive"), Entry("a"), SendVerdict.Send),
            ["a word that was followed kills"] =
                (desk => { desk.Word("kill_on"); desk.Follow(); }, Entry("a"), SendVerdict.Send),
            ["a word kills behind one that was followed"] =
                (desk => { desk.Word("kill_off"); desk.Follow(); desk.Word("kill_on"); },
                    Entry("a"), SendVerdict.Killed),
            ["a word lifts a kill that nobody has followed"] =
                (desk => { desk.Word("kill_on"); desk.Word("kill_off"); }, Entry("a"), SendVerdict.Killed),
            ["a word halts before one that kills"] =
                (desk => { desk.Word("set_mode", "halt"); desk.Word("kill_on"); }, Entry("a"), SendVerdict.Halted),
            ["a policy halts and a word kills"] =
                (desk => { desk.Policy("false", "halt"); desk.Word("kill_on"); }, Entry("a"), SendVerdict.Halted),
            ["words that are not governance's"] =
                (desk => { desk.Word("close"); desk.Word("move_stop"); desk.Word("adopt"); desk.Word("reset"); },
                    Entry("a"), SendVerdict.Send),
            ["governance was never there"] = (desk => desk.Governance(null), Entry("a"), SendVerdict.Silent),
            ["governance was never there, and an exit"] = (desk => desk.Governance(null), Exit("a"), SendVerdict.Send),
            ["governance is silent"] = (desk => desk.Governance(63_000), Entry("a"), SendVerdict.Silent),
            ["governance is nearly silent"] = (desk => desk.Governance(50_000), Entry("a"), SendVerdict.Send),
            ["governance is silent under a kill"] =
                (desk => { desk.Governance(63_000); desk.Word("kill_on"); }, Entry("a"), SendVerdict.Killed),
            ["an entry is late"] = (_ => { }, Late(Entry("a")), SendVerdict.Late),
            ["an exit is late"] = (_ => { }, Late(Exit("a")), SendVerdict.Late),
            ["late under a kill"] = (desk => desk.Policy("true", "normal"), Late(Entry("a")), SendVerdict.Killed),
            ["late under a word that halts"] =
                (desk => desk.Word("set_mode", "halt"), Late(Entry("a")), SendVerdict.Halted),
            ["late, and governance is silent"] =
                (desk => desk.Governance(63_000), Late(Entry("a")), SendVerdict.Silent),
            ["late beyond the limit"] = (desk => Exits(desk, 4), Late(Entry("a")), SendVerdict.Late),
            ["as many orders as there may be"] = (desk => Exits(desk, 4), Entry("a"), SendVerdict.Limit),
            ["an exit beyond the limit"] = (desk => Exits(desk, 4), Exit("a"), SendVerdict.SendPastLimit),
            ["one order less"] = (desk => Exits(desk, 3), Entry("a"), SendVerdict.Send),
            ["as many orders of another symbol"] = (desk => Exits(desk, 4, s_eth), Entry("a"), SendVerdict.Send),
            ["as many entries as there may be"] = (desk => Entries(desk, 2), Entry("a"), SendVerdict.Limit),
            ["one entry less"] = (desk => Entries(desk, 1), Entry("a"), SendVerdict.Send),
            ["an exit behind as many entries"] = (desk => Entries(desk, 2), Exit("a"), SendVerdict.Send),
            ["more USD than there may be"] = (_ => { }, Entry("a", quantity: 10.01m), SendVerdict.Limit),
            ["as much USD as there may be"] = (_ => { }, Entry("a", quantity: 10), SendVerdict.Send),
            ["more USD with the one before"] =
                (desk => Sent(desk, Entry("b", quantity: 6), SendState.Done),
                    Entry("a", quantity: 5), SendVerdict.Limit),
            ["what was refused does not count"] =
                (desk => { for (var i = 0; i < 5; i++) desk.Begin(Late(Exit($"late{i}")), 1); }, Entry("a"),
                    SendVerdict.Send),
            ["beyond the limit under a kill"] =
                (desk => { Exits(desk, 4); desk.Word("kill_on"); }, Entry("a"), SendVerdict.Killed),
        };

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    [Theory, MemberData(nameof(Cases))]
    public void Script_and_simulation_say_the_same(string name)
    {
        var (before, order, word) = s_cases[name];
        using var memory = new MemoryAskedForSend();
        before(memory);
        Assert.Equal(word, memory.Begin(order, 9));
        using var redis = new RedisAskedForSend();
        long minute;
        SendVerdict said;
        do
        {
            // What counts within a minute is begun anew when that ends under it.
            redis.Clear();
            minute = RedisAskedForSend.NowMs / 60_000;
            before(redis);
            said = redis.Begin(order, 9);
        }
        while (RedisAskedForSend.NowMs / 60_000 != minute);
        Assert.Equal(word, said);
    }

    [Fact]
    public void Both_may_pass_an_open_order_when_they_are_told_to()
    {
        foreach (var desk in (IAskedForSend[])[new MemoryAskedForSend(), new RedisAskedForSend()])
        {
            using (desk)
            {
                Sent(desk, Entry("b"), SendState.Unknown);
                Assert.Equal(SendVerdict.Send, desk.Begin(Exit("a"), 9, passOpen: true));
            }
        }
    }

    [Fact]
    public void The_simulation_has_the_figures_of_the_service()
    {
        var (service, simulated) = (new OrderLaneOptions(), new SendLimits());
        Assert.Equal(service.MaxOrdersPerMinute, simulated.OrdersPerMinute);
        Assert.Equal(service.MaxEntriesPerMinute, simulated.EntriesPerMinute);
        Assert.Equal(service.MaxEntryUsdPerMinute, simulated.EntryUsdPerMinute);
        Assert.Equal(service.GovernanceSilenceMs, simulated.GovernanceSilenceMs);
        Assert.Equal(new StandbySettings().LeaseSeconds, SimulatedWorld.ExecutorLease.TotalSeconds);
    }

    // Over Redis ReplicaTests has it.
    [Fact]
    public void An_entry_whose_record_no_replica_confirms_is_taken_back()
    {
        using var desk = new MemoryAskedForSend();
        desk.Rights.LoseCopies(1);
        Assert.Equal(SendVerdict.Send, desk.Begin(Exit("exit"), 1));
        desk.Settle("exit", SendState.Done);
        Assert.Equal(SendVerdict.NotCopied, desk.Begin(Entry("a"), 2));
        Assert.Empty(desk.Ledger.Open);
        Assert.Equal(SendState.Absent, desk.Ledger.Find("a")!.Stage);
        Assert.Equal(SendVerdict.Send, desk.Begin(Entry("b"), 3));
    }

    private static OrderCommand Late(OrderCommand order) => order with { DeadlineMs = 1_700_000_000_000 };

    private static void Sent(IAskedForSend desk, OrderCommand order, SendState state, long number = 1)
    {
        Assert.Equal(SendVerdict.Send, desk.Begin(order, number));
        desk.Settle(order.ClientOrderId, state);
    }

    private static void Exits(IAskedForSend desk, int count, Symbol? symbol = null)
    {
        for (var i = 0; i < count; i++) Sent(desk, Exit($"exit{i}", symbol), SendState.Done);
    }

    private static void Entries(IAskedForSend desk, int count)
    {
        for (var i = 0; i < count; i++) Sent(desk, Entry($"entry{i}"), SendState.Done);
    }
}
