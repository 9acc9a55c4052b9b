using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Exchanges;
using Quantum.Executor.Venue;
using Quantum.Roles.Symbols;
using Quantum.Testing;
using static Quantum.Services.Tests.Venue.VenueBench;

namespace Quantum.Services.Tests.Venue;

/// <summary>What of the account is told, and by whom.</summary>
public sealed class AccountWatchTests : IDisposable
{
    private static readonly SymbolFilterBook s_book = new(new SymbolFilters
    {
        Symbol = Btc, TickSize = 0.1m, StepSize = 0.001m, MinQuantity = 0.001m, MaxQuantity = 100,
        MaxMarketQuantity = 100, MinNotionalUsd = 5, Brackets = LeverageBrackets.Assumed,
    });

    private static readonly OrderLaneOptions s_often = new() { RetryAfterMs = 100, ReconcileEveryMs = 1_000 };

    private readonly RedisServer _server = RedisServer.Start();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Positions_stops_and_last_of_all_the_balance_are_told_at_the_start()
    {
        await using var desk = new VenueBench(_server);
        var sol = Symbol.Parse("SOLUSDT");
        desk.Send(Entry("a"));
        desk.Await("a", OrderStatus.Accepted);
        desk.Venue.Account = new VenueAccountState(1, 777, 700,
            [new VenuePosition(sol, -3, 140, 210, 2, false)],
            [
                new VenueOrderState(
                    sol, "q1abcdefghijklmnopqrstuvwxyz", "9", OrderType.StopMarket, Side.Buy, 3, 1, 150, true),
                new VenueOrderState(sol, "q1other", "8", OrderType.Limit, Side.Buy, 3, 0, null, true),
            ]);
        desk.Venue.Fills.Add(new OrderUpdate
        {
            Kind = UpdateKind.Fill, Symbol = Btc, ClientOrderId = "a", Status = OrderStatus.Filled, VenueTradeId = "77",
            LastFillQuantity = 1, LastFillPrice = 100, CumulativeQuantity = 1, FeeUsd = 0.05m,
        });
        using var watch = desk.Watch(s_book);
        await watch.StartAsync(default);
        // The fill that is read with it moves the symbol: its position is told when it was read again.
        Eventually.True(() => desk.Told.Any(told => told.Kind == UpdateKind.Position && told.Symbol == Btc)
            && desk.Told.Any(told => told.Kind == UpdateKind.Balance));
        var told = desk.Told;
        Assert.Equal(777, told.First(update => update.Kind == UpdateKind.Balance).WalletUsd);
        var positions = told.Where(update => update.Kind == UpdateKind.Position).Take(2)
            .ToDictionary(update => update.Symbol, update => (update.PositionQuantity, update.StopQuantity));
        Assert.Equal((0, 0), positions[Btc]);
        Assert.Equal((-3, 2), positions[sol]);
        Assert.Single(told, update => update.VenueTradeId == "77");
        await watch.StopAsync(default);
    }

    [Fact]
    public async Task A_venue_that_is_away_tells_nothing_and_is_asked_again()
    {
        await using var desk = new VenueBench(_server, s_often);
        desk.Venue.IsAway = true;
        using var watch = desk.Watch(s_book);
        await watch.StartAsync(default);
        await Task.Run(() => Eventually.True(() => desk.Venue.Reads > 2));
        Assert.Empty(desk.Told);
        desk.Venue.IsAway = false;
        Eventually.True(() => desk.Told.Any(told => told.Kind == UpdateKind.Balance));
        await watch.StopAsync(default);
    }

    [Fact]
    public async Task A_replica_without_the_seat_is_silent_until_it_has_it()
    {
        await using var desk = new VenueBench(_server, s_often);
        desk.TakeSeat("another-process");
        using var watch = desk.Watch(s_book);
        await watch.StartAsync(default);
        Eventually.True(() => new RedisEntries(_server).CallsOf("hget") > 5);
        Assert.Equal((0, 0), (desk.Venue.Reads, desk.Told.Count));
        desk.TakeSeat();
        Eventually.True(() => desk.Told.Any(told => told.Kind == UpdateKind.Balance));
        desk.TakeSeat("another-process");
        Eventually.True(() => desk.Venue.IsLeft);
        await watch.StopAsync(default);
    }

    [Fact]
    public async Task A_stream_that_cannot_be_opened_at_first_is_opened_later()
    {
        await using var desk = new VenueBench(_server, s_often);
        desk.Venue.Unprepared = 2;
        using var watch = desk.Watch(s_book);
        await watch.StartAsync(default);
        Eventually.True(() => desk.Venue.IsHeard);
        await watch.StopAsync(default);
    }

    [Fact]
    public async Task Fills_are_read_from_where_the_process_before_stopped()
    {
        const long Then = 1_700_000_000_000;
        await using var desk = new VenueBench(_server, s_often);
        desk.Send(Entry("a"));
        desk.Await("a", OrderStatus.Accepted);
        desk.Journal.NoteFillsRead(Btc, Then, default);
        using var watch = desk.Watch(s_book);
        await watch.StartAsync(default);
        Eventually.True(() => desk.Venue.FillsSince.Count > 1);
        var since = desk.Venue.FillsSince.ToArray();
        Assert.Equal(Then - 1_000, since[0]);
        Assert.InRange(since[1], Then, long.MaxValue);
        await watch.StopAsync(default);
    }

    [Fact]
    public async Task A_position_that_moves_while_it_is_read_is_told_as_it_was_before_and_again_soon()
    {
        await using var desk = new VenueBench(_server, new OrderLaneOptions { RetryAfterMs = 100 });
        desk.Send(Entry("a"));
        desk.Await("a", OrderStatus.Accepted);
        using var watch = desk.Watch(s_book);
        desk.Venue.WhileRead = () =>
        {
            if (desk.Venue.Reads > 1) return;
            var fill = new OrderUpdate
            {
                Kind = UpdateKind.Fill, Symbol = Btc, ClientOrderId = "a", Status = OrderStatus.Filled,
                VenueTradeId = "77", LastFillQuantity = 1, LastFillPrice = 100, CumulativeQuantity = 1, FeeUsd = 0,
            };
            desk.Venue.Fills.Add(fill);
            watch.OnUpdate(in fill);
            desk.Venue.Account = desk.Venue.Account with
            {
                Positions = [new VenuePosition(Btc, 1, 100, null, 1, true)],
            };
        };
        await watch.StartAsync(default);
        Eventually.True(() => desk.ToldAt.Count(told => told.Update.Kind == UpdateKind.Position) == 2);
        var filledMs = desk.ToldAt.Single(told => told.Update.Kind == UpdateKind.Fill).AtMs;
        var words = desk.ToldAt.Where(told => told.Update.Kind == UpdateKind.Position).ToArray();
        Assert.Equal((0, 1), (words[0].Update.PositionQuantity, words[1].Update.PositionQuantity));
        Assert.True(words[0].AtMs <= filledMs, "an older word would count as newer than the fill");
        Assert.True(words[1].AtMs > filledMs);
        await watch.StopAsync(default);
    }

    [Fact]
    public async Task A_redis_that_began_anew_has_the_account_compared_at_once()
    {
        using var server = RedisServer.Start(new RedisServerOptions { AppendOnly = true });
        await using var desk = new VenueBench(server, new OrderLaneOptions { ReconcileEveryMs = 600_000 });
        using var watch = desk.Watch(s_book);
        await watch.StartAsync(default);
        Eventually.True(() => desk.Venue.IsHeard && desk.Told.Any(told => told.Kind == UpdateKind.Balance));
        Eventually.True(() => new RedisEntries(server).CallsOf("info") > 1);
        var reads = desk.Venue.Reads;
        server.Restart();
        // The seat may be gone with what was lost; whoever has it then compares as well.
        desk.TakeSeat();
        Eventually.True(() => desk.Venue.Reads > reads);
        await watch.StopAsync(default);
    }

    [Fact]
    public async Task A_margin_mode_that_one_symbol_is_refused_leaves_stream_and_comparison_alone()
    {
        await using var desk = new VenueBench(_server, s_often);
        desk.Send(Entry("a"));
        desk.Await("a", OrderStatus.Accepted);
        desk.Venue.Blocked = Btc.Name;
        using var watch = desk.Watch(s_book);
        await watch.StartAsync(default);
        Eventually.True(() => desk.NoteOf(FindingCodes.EntriesBlocked, Btc.Name) is not null);
        var reads = desk.Venue.Reads;
        await Task.Run(() => Eventually.True(() => desk.Venue.Reads > reads + 3));
        Assert.Equal((1, false), (desk.Venue.Heard, desk.Venue.IsLeft));
        desk.Venue.Blocked = null;
        Eventually.True(() => desk.NoteOf(FindingCodes.EntriesBlocked, Btc.Name) is null);
        await watch.StopAsync(default);
    }

    [Fact]
    public async Task An_account_that_cannot_be_prepared_takes_no_entries_and_is_heard_and_compared_all_the_same()
    {
        await using var desk = new VenueBench(_server, s_often);
        desk.Venue.Unprepared = int.MaxValue;
        using var watch = desk.Watch(s_book);
        await watch.StartAsync(default);
        Eventually.True(() => desk.Told.Any(told => told.Kind == UpdateKind.Balance)
            && desk.NoteOf(FindingCodes.EntriesBlocked, "") is { Severity: "critical" });
        desk.Send(Entry("entry"));
        desk.Send(Exit("exit"));
        Assert.Equal("entries_blocked", desk.Await("entry", OrderStatus.Rejected, OrderStatus.Accepted).ReasonCode);
        desk.Await("exit", OrderStatus.Accepted);
        Assert.Equal((1, false), (desk.Venue.Heard, desk.Venue.IsLeft));
        desk.Venue.Unprepared = 0;
        Eventually.True(() => desk.NoteOf(FindingCodes.EntriesBlocked, "") is null);
        desk.Send(Entry("later"));
        desk.Await("later", OrderStatus.Accepted);
        await watch.StopAsync(default);
    }

    [Fact]
    public async Task A_clock_that_drifts_beyond_the_receive_window_is_told_until_it_is_right_again()
    {
        await using var desk = new VenueBench(_server, s_often);
        desk.Venue.Account = desk.Venue.Account with { ClockOffsetMs = -700 };
        using var watch = desk.Watch(s_book);
        await watch.StartAsync(default);
        Eventually.True(() => desk.NoteOf(FindingCodes.ClockDrift, "") is not null);
        Assert.Contains("700 ms ahead of", desk.NoteOf(FindingCodes.ClockDrift, "")!.Text, StringComparison.Ordinal);
        desk.Venue.Account = desk.Venue.Account with { ClockOffsetMs = 300 };
        Eventually.True(() => desk.NoteOf(FindingCodes.ClockDrift, "") is null);
        await watch.StopAsync(default);
    }

    [Fact]
    public async Task A_symbol_that_the_venue_tells_nothing_of_does_not_end_the_comparison_of_all_others()
    {
        await using var desk = new VenueBench(_server, s_often);
        desk.Send(Entry("a"));
        desk.Await("a", OrderStatus.Accepted);
        desk.Venue.Delisted = Btc.Name;
        using var watch = desk.Watch(s_book);
        await watch.StartAsync(default);
        Eventually.True(() => desk.Told.Any(told => told.Kind == UpdateKind.Balance));
        Assert.NotNull(desk.NoteOf(FindingCodes.EntriesBlocked, Btc.Name + "/fills"));
        desk.Send(Entry("b"));
        Assert.Equal("entries_blocked", desk.Await("b", OrderStatus.Rejected, OrderStatus.Accepted).ReasonCode);
        desk.Venue.Delisted = null;
        Eventually.True(() => desk.Stop.Of(Btc) is null);
        await watch.StopAsync(default);
    }

    [Fact]
    public async Task What_the_account_has_and_nobody_understands_is_shown_once_however_its_figures_move()
    {
        await using var desk = new VenueBench(
            _server, new OrderLaneOptions { RetryAfterMs = 50, ReconcileEveryMs = 50 });
        void Tell(params string[] ids) => desk.Venue.Account = desk.Venue.Account with
        {
            Unread = [.. ids.Select(id => new VenueUnread(id, $"{id} at mark {desk.Venue.Reads}"))],
        };
        Tell("position X", "order 5");
        desk.Venue.WhileRead = () => Tell([.. desk.Venue.Account.Unread.Select(unread => unread.Id)]);
        using var watch = desk.Watch(s_book);
        await watch.StartAsync(default);
        Eventually.True(() => desk.Venue.Reads > 10);
        Assert.Equal(2, Letters());
        // One that went and came is shown anew.
        Tell("order 5");
        await UntilReadAgainAsync();
        Tell("position X", "order 5");
        Eventually.True(() => Letters() == 3);
        await UntilReadAgainAsync();
        Assert.Equal(3, Letters());
        await watch.StopAsync(default);

        int Letters() => desk.Log.Entries(StreamCatalog.OrderUpdate.DeadLetterKey).Count;

        Task UntilReadAgainAsync()
        {
            var reads = desk.Venue.Reads;
            return Task.Run(() => Eventually.True(() => desk.Venue.Reads > reads + 3));
        }
    }

    [Fact]
    public async Task What_is_not_understood_is_a_named_dead_letter_and_a_notice_is_a_finding()
    {
        await using var desk = new VenueBench(_server, s_often);
        using var watch = desk.Watch(s_book);
        await watch.StartAsync(default);
        Eventually.True(() => desk.Venue.Listener is not null);
        for (var i = 0; i < 200; i++) desk.Venue.Listener!.OnUnreadable("event BRAND_NEW", "{\"e\":\"BRAND_NEW\"}");
        var letters = desk.Log.Entries(StreamCatalog.OrderUpdate.DeadLetterKey).ToArray();
        // A minute that turns meanwhile begins the count again.
        Assert.InRange(letters.Length, 60, 120);
        Assert.True(letters[0].Entry.Fields.TryGet("dlq_text"u8, out var what));
        Assert.True(letters[0].Entry.Fields.TryGet("dlq_payload"u8, out var payload));
        Assert.Equal("event BRAND_NEW", Encoding.UTF8.GetString(what));
        Assert.Equal("{\"e\":\"BRAND_NEW\"}", Encoding.UTF8.GetString(payload));
        desk.Venue.Listener!.OnNotice(new VenueNotice(
            FindingCodes.MarginCall, "BTCUSDT", Severity.Critical, "The exchange calls for margin.", "add margin"));
        Assert.Equal("critical", desk.NoteOf(FindingCodes.MarginCall, "BTCUSDT")?.Severity);
        await watch.StopAsync(default);
    }
}
