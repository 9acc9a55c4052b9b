using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog;
using Quantum.EventLog.Runner;
using Quantum.Executor.Venue;
using Quantum.InProcess;
using Quantum.Learning.Journal;
using Quantum.Market;
using Quantum.Market.Publishing;
using Quantum.Resp;
using Quantum.Roles.Sizing;
using Quantum.Services.Tests.Journal;
using Quantum.Services.Tests.Venue;
using Quantum.Simulation;
using Quantum.Simulation.Hostile;
using Quantum.Testing;
using Quantum.TradingBot;

namespace Quantum.Services.Tests;

/// <summary>
/// What no producer would write, to the gateways: each entry is handled or among the dead letters with a reason, none
/// is tried until it counts as poison, and what is honest is done afterwards.
/// </summary>
public sealed class HostileGatewayTests(JournalPlaces places) : IClassFixture<JournalPlaces>
{
    private const int Times = 3_000;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task The_venue_gateway_and_its_lanes()
    {
        using var server = RedisServer.Start();
        await using var desk = new VenueBench(server);
        using var flow = new MemoryFlow(new VenueGateway(() => desk.Desk));
        flow.Send(StreamCatalog.OrderCommand, VenueBench.Entry("e1"), "e1");
        flow.Send(StreamCatalog.OrderCommand, VenueBench.Exit("x1"), "x1");
        flow.Send(StreamCatalog.OrderCommand, VenueBench.StopOf("s1"), "s1");
        flow.Send(StreamCatalog.OrderCommand, VenueBench.Entry("e1") with { Action = OrderAction.Cancel }, "c1");
        var handled = await ThrowAsync(flow, RoleNames.Venue, StreamCatalog.OrderCommand);
        var asked = handled.Select(entry => Decoded(StreamCatalog.OrderCommand, entry))
            .Where(order => order.Action == OrderAction.Place).Select(order => order.ClientOrderId).ToHashSet();
        Assert.True(asked.Count > 5, $"{asked.Count} orders");
        // A lane that failed on one would have said nothing of it.
        await Eventually.TrueAsync(
            () => Task.FromResult(asked.IsSubsetOf(desk.Told.Select(told => told.ClientOrderId!))), s_patience,
            "something is told of each order");
        flow.Send(StreamCatalog.OrderCommand, VenueBench.Exit("last"), "last");
        desk.Await("last", OrderStatus.Accepted);
    }

    [Fact]
    public async Task The_sizing_gateway()
    {
        await using var agent = await AgentServer.StartAsync(new SizingPolicyRole());
        using var flow = new MemoryFlow(new SizingGateway(agent.Client, s_patience));
        flow.Send(StreamCatalog.SizingRequested, SizingGatewayTests.Request, "r1");
        var handled = await ThrowAsync(flow, RoleNames.RlSizingAgent, StreamCatalog.SizingRequested);
        // One answer each, whatever was asked: the honest one's too.
        Assert.Equal(handled.Count + 1, flow.Of(StreamCatalog.SizingDecided).Count);
        flow.Send(StreamCatalog.SizingRequested, SizingGatewayTests.Request, "r2");
        flow.WaitQuiet();
        Assert.Equal(SizingStatus.Decided, flow.Of(StreamCatalog.SizingDecided)[^1].Status);
    }

    [Theory, InlineData(JournalKind.Embedded), PostgresData]
    public async Task The_trade_journals_gateway(JournalKind kind)
    {
        await using var store = await (await places.MakeAsync(kind))();
        using var flow = new MemoryFlow(new TradeJournalGateway(() => store, () => "run-1"));
        flow.Send(StreamCatalog.DecisionMade, JournalTests.Decision(), "d1");
        flow.Send(StreamCatalog.ExecutionResult, JournalTests.Result(), "x1");
        flow.Send(StreamCatalog.TradeClosed, JournalTests.Trade(), "t1");
        await ThrowAsync(
            flow, RoleNames.TradeJournal, StreamCatalog.DecisionMade, StreamCatalog.ExecutionResult,
            StreamCatalog.TradeClosed);
        flow.Send(StreamCatalog.TradeClosed, JournalTests.Trade(), "t2");
        flow.WaitQuiet();
        Assert.Equal(["1"], Assert.Single(await store.QueryAsync(
            "SELECT CAST(COUNT(*) AS TEXT) FROM trades WHERE event_id = 't2'", CancellationToken.None)));
    }

    [Fact]
    public async Task The_gateway_of_the_feeds_words()
    {
        using var server = RedisServer.Start();
        using var feed = new FeedSwitch();
        using var flow = new MemoryFlow(new FeedControlGateway(
            feed, cancel => new RedisFeedStore(RespEndpoint.Parse(server.ConnectionString), new LogKeys(), cancel),
            TradingMode.Paper, NullLogger.Instance));
        var word = new ControlCommand { Command = ControlAction.FeedPause, Reason = "because", By = "anna" };
        flow.Send(StreamCatalog.GovernanceControl, word, "w1");
        flow.Send(StreamCatalog.GovernanceControl, word with { Command = ControlAction.FeedResume }, "w2");
        await ThrowAsync(flow, RoleNames.MarketPublisher, StreamCatalog.GovernanceControl);
        flow.Send(StreamCatalog.GovernanceControl, word with { Command = ControlAction.FeedResume }, "w3");
        flow.WaitQuiet();
        Assert.False(feed.Wait(CancellationToken.None));
    }

    /// <summary>Throws, and gives what the gateway handled of it.</summary>
    private static async Task<IReadOnlyList<StoredEntry>> ThrowAsync(
        MemoryFlow flow, string role, params EventStream[] streams)
    {
        flow.WaitQuiet();
        var nowMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var made = new HostileEntries(nowMs);
        var number = 0;
        foreach (var stream in streams)
            foreach (var entry in flow.Log.StreamOf(stream.Key).From(EntryId.Zero, int.MaxValue).ToArray())
                for (var i = 0; i < 4; i++) made.Learn(stream, entry, number++);
        var thrown = new List<(EventStream Stream, EntryId Id)>();
        for (var i = 0; i < Times; i++)
        {
            var draw = Draw.Of(1, role, i);
            var stream = streams[draw.Below(streams.Length)];
            thrown.Add((stream, flow.Log.Append(stream.Key, made.Make(ref draw, stream, nowMs))));
        }

        await Eventually.TrueAsync(
            () => Task.FromResult(flow.Log.IsQuiet(flow.Log.Keys.LinksOf([role]), out _)), s_patience, "all is done");
        var letters = streams.SelectMany(stream => LettersOf(flow, stream)).ToHashSet();
        var handled = flow.Log.SeatOf(new RoleSeat(role, 0)).Journal
            .SelectMany(record => JournalText.Read(record.Text)).Select(input => (input.Key, input.Id)).ToHashSet();
        var dropped = thrown.Where(entry => !letters.Contains((entry.Stream.Key, entry.Id.ToString()))
            && !handled.Contains((entry.Stream.Key, entry.Id))).ToArray();
        Assert.True(dropped.Length == 0, $"{dropped.Length} were dropped: {dropped.FirstOrDefault()}");
        Assert.True(letters.Count > Times / 3, $"{letters.Count} dead letters");
        var done = thrown.Where(entry => !letters.Contains((entry.Stream.Key, entry.Id.ToString()))).ToArray();
        Assert.True(done.Length > Times / 50, $"{done.Length} handled");
        return [.. done.Select(entry => flow.Log.StreamOf(entry.Stream.Key).Find(entry.Id)!)];
    }

    private static IEnumerable<(string Key, string Id)> LettersOf(MemoryFlow flow, EventStream stream)
    {
        foreach (var (_, letter) in flow.Log.Entries(stream.DeadLetterKey))
        {
            var fields = letter.Fields;
            var (reason, text) = (Text(in fields, "dlq_reason"u8), Text(in fields, "dlq_text"u8));
            Assert.NotEmpty(reason);
            Assert.NotEmpty(text);
            Assert.False(reason is DeadLetters.Poison or DeadLetters.CrashLoop, $"{stream}: {text}");
            yield return (Text(in fields, "dlq_stream"u8), Text(in fields, "dlq_id"u8));
        }
    }

    private static TEvent Decoded<TEvent>(EventStream<TEvent> stream, StoredEntry entry) where TEvent : struct
    {
        var fields = entry.Fields;
        Assert.True(stream.TryDecode(in fields, entry.Id, out _, out var payload, out var fault), fault.ToString());
        return payload;
    }

    private static string Text(in EntryFields fields, ReadOnlySpan<byte> name) =>
        fields.TryGet(name, out var value) ? Encoding.UTF8.GetString(value) : "";
}
