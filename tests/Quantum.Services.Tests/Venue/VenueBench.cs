using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.EventLog;
using Quantum.EventLog.Runner;
using Quantum.Executor.Venue;
using Quantum.InProcess;
using Quantum.Resp;
using Quantum.Roles.Symbols;
using Quantum.Testing;

namespace Quantum.Services.Tests.Venue;

/// <summary>The way to the venue as the executor's service has it, over a real Redis and a venue of the test.</summary>
internal sealed class VenueBench : IAsyncDisposable
{
    /// <summary>Where governance notes what it has read, and when.</summary>
    public const string GovernancePlace = "quantum:cursor:governance";

    private const string Owner = "this-process";
    public static readonly Symbol Btc = Symbol.Parse("BTCUSDT");

    private readonly RedisServer _server;
    private long _sequence;

    public VenueBench(
        RedisServer server, OrderLaneOptions? options = null, FakeVenue? venue = null, TimeProvider? time = null)
    {
        _server = server;
        Venue = venue ?? new FakeVenue();
        Options = options ?? new OrderLaneOptions { WindowMarginMs = 100, DoubtAfterStartMs = 0 };
        TakeSeat();
        // Entries are allowed unless a test says otherwise: without any policy none would leave.
        var redis = new RedisEntries(server);
        if (redis.Of(StreamCatalog.PolicyUpdated).Count == 0)
            redis.Call("XADD", StreamCatalog.PolicyUpdated.Key, "1-0", "kill_switch", "false", "risk_mode", "normal");
        TakeGovernancePlace(0);
        Journal = new SendJournal(RespEndpoint.Parse(server.ConnectionString), new LogKeys(), Options, Owner,
            time ?? TimeProvider.System);
        Publisher = new VenuePublisher(Log, TradingMode.Sim, Owner, NullLogger.Instance);
        Notes = new VenueNotes(RespEndpoint.Parse(server.ConnectionString), NullLogger<VenueNotes>.Instance);
        Desk = new OrderLanes(
            Venue, Journal, Publisher, Options, Stop, Notes, time ?? TimeProvider.System,
            NullLogger<OrderLanes>.Instance);
    }

    public FakeVenue Venue { get; }
    public OrderLaneOptions Options { get; }
    public MemoryEventLog Log { get; } = new();
    public SendJournal Journal { get; }
    public VenuePublisher Publisher { get; }
    public OrderLanes Desk { get; }
    public EntryStop Stop { get; } = new();
    public VenueNotes Notes { get; }

    public IReadOnlyList<OrderUpdate> Told => [.. ToldAt.Select(told => told.Update)];

    /// <summary>The same with each one's time, UTC epoch ms.</summary>
    public IReadOnlyList<(OrderUpdate Update, long AtMs)> ToldAt =>
        [.. Log.Entries(StreamCatalog.OrderUpdate.Key).Select(entry =>
        {
            Assert.True(StreamCatalog.OrderUpdate.TryDecode(
                entry.Entry.Fields, entry.Id, out var envelope, out var update, out var fault), fault.ToString());
            return (update, envelope.AtMs);
        })];

    public AccountWatch Watch(SymbolFilterBook symbols) => new(
        Venue, Desk, Journal, Publisher, Options, symbols, Stop, Notes, NullLogger<AccountWatch>.Instance);

    /// <summary>What is told a person of a code and what it is about; null when nothing is.</summary>
    public VenueNote? NoteOf(string code, string about) =>
        new RedisEntries(_server).Hash(VenueNote.Key).TryGetValue(VenueNote.Field(code, about), out var text)
            ? VenueNote.TryRead(text)
            : null;

    /// <summary>Gives the venue's seat to this process, or to another.</summary>
    public void TakeSeat(string owner = Owner) =>
        new RedisEntries(_server).Call("HSET", "quantum:lease:venue", "owner", owner, "epoch", "1");

    /// <summary>Moves governance's place, as it does itself every second, so long ago, ms.</summary>
    public void TakeGovernancePlace(long agoMs) => new RedisEntries(_server).Call(
        "HSET", GovernancePlace, "at",
        (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - agoMs).ToString(CultureInfo.InvariantCulture));

    public static OrderCommand Entry(string id, Symbol? symbol = null, decimal quantity = 1) => new()
    {
        Action = OrderAction.Place, ClientOrderId = id, IntentId = "intent-" + id, Symbol = symbol ?? Btc,
        Side = Side.Buy, Type = OrderType.Market, Purpose = OrderPurpose.Entry, Quantity = quantity,
        ReduceOnly = false, ReferencePrice = 100,
    };

    public static OrderCommand Exit(string id, Symbol? symbol = null) =>
        Entry(id, symbol) with { Purpose = OrderPurpose.Exit, Side = Side.Sell, ReduceOnly = true };

    public static OrderCommand StopOf(string id, Symbol? symbol = null) => Exit(id, symbol) with
    {
        Purpose = OrderPurpose.Stop, Type = OrderType.StopMarket, TriggerPrice = 90,
    };

    /// <summary>The question of what became of it.</summary>
    public static OrderCommand Question(in OrderCommand order) =>
        order with { Action = OrderAction.Query, Quantity = 0 };

    /// <summary>Hands a command over as a new entry of its stream; gives where it stands.</summary>
    public EntryId Send(in OrderCommand command)
    {
        var position = new EntryId(1_700_000_000_000, Interlocked.Increment(ref _sequence));
        Again(in command, position);
        return position;
    }

    /// <summary>Hands a command over that was delivered before.</summary>
    public void Again(in OrderCommand command, EntryId position) => Desk.Take(
        in command, new GatewayInput($"event-{position}", "chain-1", 0, position, "", 1));

    /// <summary>Waits for the last word on an order.</summary>
    public OrderUpdate Await(string id, params OrderStatus[] statuses)
    {
        Eventually.True(() => Told.Any(Fits));
        return Told.Last(Fits);
        bool Fits(OrderUpdate update) => update.ClientOrderId == id && statuses.Contains(update.Status);
    }

    public async ValueTask DisposeAsync()
    {
        await Desk.DisposeAsync();
        Journal.Dispose();
        Notes.Dispose();
        Log.Dispose();
    }
}
