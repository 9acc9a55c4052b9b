using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Testing;
using static Quantum.Services.Tests.Venue.VenueBench;

namespace Quantum.Services.Tests.Venue;

/// <summary>What the right to send hangs on beside the order: who watches losses, and which clock counts.</summary>
public sealed class SendRightTests : IDisposable
{
    private readonly RedisServer _server = RedisServer.Start();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_entry_leaves_while_governance_is_silent_and_what_reduces_risk_does(bool wasEverThere)
    {
        await using var desk = new VenueBench(_server);
        if (wasEverThere) desk.TakeGovernancePlace(desk.Options.GovernanceSilenceMs + 1_000);
        else new RedisEntries(_server).Call("DEL", VenueBench.GovernancePlace);
        desk.Send(Entry("entry"));
        desk.Send(Exit("exit"));
        desk.Await("exit", OrderStatus.Accepted);
        var told = desk.Await("entry", OrderStatus.Rejected, OrderStatus.Accepted);
        Assert.Equal("governance_silent", told.ReasonCode);
        Assert.Contains(
            wasEverThere ? "nothing for 6" : "since it was first started", told.Reason, StringComparison.Ordinal);
        Assert.Equal(["exit"], desk.Venue.Posts);
        desk.TakeGovernancePlace(0);
        desk.Send(Entry("again"));
        desk.Await("again", OrderStatus.Accepted);
    }

    [Theory]
    [InlineData(3_600_000)]
    [InlineData(-3_600_000)]
    public async Task An_order_leaves_and_is_asked_for_whatever_this_machines_clock_is_to_that_of_Redis(long aheadMs)
    {
        var time = new ShiftedTime { Shift = TimeSpan.FromMilliseconds(aheadMs) };
        var venue = new FakeVenue { Time = time, ReceiveWindow = TimeSpan.FromSeconds(3) };
        await using var desk = new VenueBench(_server, venue: venue, time: time);
        desk.Send(Exit("exit"));
        desk.Await("exit", OrderStatus.Accepted, OrderStatus.Expired);
        Assert.Equal(["exit"], venue.Posts);
        // One whose request is lost may arrive for two windows: only then is "not found" believed.
        venue.Fates.Enqueue(Fate.RequestLost);
        var sentMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        desk.Send(Entry("lost"));
        desk.Await("lost", OrderStatus.Unknown);
        desk.Send(Entry("lost") with { Action = OrderAction.Query });
        desk.Await("lost", OrderStatus.NotFound);
        Assert.InRange(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - sentMs, 6_000, long.MaxValue);
    }
}
