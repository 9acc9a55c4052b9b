using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Hosting;
using Quantum.Learning.Journal;
using Quantum.Testing;

namespace Quantum.Services.Tests.Journal;

/// <summary>The journal in the embedded database and in PostgreSQL: the same for both.</summary>
public sealed class JournalTests(JournalPlaces places) : IClassFixture<JournalPlaces>
{
    // Every digit that a decimal has: a column of floating point would lose some.
    private const decimal Exact = 123456789012.3456789012345678m;

    private static readonly Symbol s_symbol = Symbol.Parse("NEARUSDT");

    [Theory, InlineData(JournalKind.Embedded), PostgresData]
    public async Task The_same_event_twice_is_one_row(JournalKind kind)
    {
        await using var store = await (await places.MakeAsync(kind))();
        using (var flow = new MemoryFlow(new TradeJournalGateway(() => store, () => "run-1")))
        {
            for (var times = 0; times < 2; times++)
            {
                flow.Send(StreamCatalog.DecisionMade, Decision(), "decision-1");
                flow.Send(StreamCatalog.ExecutionResult, Result(), "result-1");
                flow.Send(StreamCatalog.TradeClosed, Trade(), "trade-1");
            }

            flow.Send(StreamCatalog.TradeClosed, Trade(), "trade-2");
            flow.WaitQuiet();
        }

        Assert.Equal((1L, 1L, 2L), await CountsAsync(store, "run-1"));
    }

    [Theory, InlineData(JournalKind.Embedded), PostgresData]
    public async Task Money_and_quantities_keep_every_digit_and_what_is_unknown_stays_unknown(JournalKind kind)
    {
        var open = await places.MakeAsync(kind);
        await using (var store = await open()) Write(store, "run-1");
        // Read by another opening of the place, as after a restart.
        await using var again = await open();
        const string Text = "123456789012.3456789012345678";
        var result = Assert.Single(await again.QueryAsync(
            "SELECT filled_quantity, average_price, fee_usd, funding_usd, side, kind, outcome FROM results",
            CancellationToken.None));
        Assert.Equal([Text, Text, "-" + Text, null, "BUY", "intent", "filled"], result);
        var trade = Assert.Single(await again.QueryAsync(
            "SELECT entry_price, exit_price, quantity, fees_usd, funding_usd, pnl_usd, r_multiple, model FROM trades",
            CancellationToken.None));
        Assert.Equal([Text, Text, Text, Text, Text, "-" + Text, null, null], trade);
        var decision = Assert.Single(await again.QueryAsync(
            "SELECT symbol, action, side, confidence, reason_code, signal_id FROM decisions", CancellationToken.None));
        Assert.Equal(["NEARUSDT", "hold", null, 0.51, "below_threshold", null], decision);
    }

    [Theory, InlineData(JournalKind.Embedded), PostgresData]
    public async Task Two_runs_in_one_place_stay_apart(JournalKind kind)
    {
        await using var store = await (await places.MakeAsync(kind))();
        Write(store, "run-1");
        Write(store, "run-2");
        Assert.Equal((1L, 1L, 1L), await CountsAsync(store, "run-1"));
        Assert.Equal((1L, 1L, 1L), await CountsAsync(store, "run-2"));
    }

    [Theory, InlineData(JournalKind.Embedded), PostgresData]
    public async Task A_journal_of_before_learns_which_trades_were_made_to_learn(JournalKind kind)
    {
        var open = await places.MakeAsync(kind);
        await using (var before = await open())
        {
            Write(before, "run-1");
            foreach (var table in (string[])["results", "trades"])
                await before.ExecuteAsync($"ALTER TABLE {table} DROP COLUMN exploration", CancellationToken.None);
        }

        await using var store = await open();
        using (var flow = new MemoryFlow(new TradeJournalGateway(() => store, () => "run-2")))
        {
            flow.Send(StreamCatalog.ExecutionResult, Result() with { Exploration = true }, "result-1");
            flow.Send(StreamCatalog.TradeClosed, Trade() with { Exploration = true }, "trade-1");
            flow.WaitQuiet();
        }

        var marks = await store.QueryAsync(
            "SELECT run, exploration FROM results UNION ALL SELECT run, exploration FROM trades",
            CancellationToken.None);
        Assert.All(marks, row => Assert.Equal(
            row[0] is "run-2" ? 1L : 0L,
            Convert.ToInt64(row[1], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(4, marks.Count);
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_one_line_with_the_setting()
    {
        var file = Path.Combine(places.Folder, "file");
        await File.WriteAllTextAsync(file, "not a database, and long enough for a header of one");
        foreach (var path in (string[])[file, Path.Combine(file, "journal.db")])
        {
            var fault = await Assert.ThrowsAsync<StartupException>(
                () => JournalStore.OpenAsync(null, path, CancellationToken.None));
            Assert.Contains(path, fault.Message);
            Assert.Contains("Journal:Path", fault.Message);
            Assert.DoesNotContain('\n', fault.Message);
        }
    }

    [Theory, InlineData(JournalKind.Embedded), PostgresData]
    public async Task Two_that_open_an_empty_place_at_once_both_can(JournalKind kind)
    {
        var open = await places.MakeAsync(kind);
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(open)));
        foreach (var store in stores)
        {
            Assert.Equal((0L, 0L, 0L), await CountsAsync(store, "run-1"));
            await store.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port={0};Username=u;Password=hush")]
    [InlineData("Host=127.0.0.1;Colour=blue;Password=hush")]
    [InlineData("127.0.0.1:5432,password=hush")]
    public async Task A_Postgres_that_cannot_be_reached_is_one_line_with_the_setting_and_no_secret(string text)
    {
        var connection = text.Replace("{0}", FormattableString.Invariant($"{RedisServer.FreePort()}"));
        var fault = await Assert.ThrowsAsync<StartupException>(
            () => JournalStore.OpenAsync(connection, "", CancellationToken.None));
        Assert.Contains("ConnectionStrings:journal", fault.Message);
        Assert.DoesNotContain("hush", fault.Message);
        Assert.DoesNotContain('\n', fault.Message);
    }

    private static void Write(JournalStore store, string run)
    {
        using var flow = new MemoryFlow(new TradeJournalGateway(() => store, () => run));
        flow.Send(StreamCatalog.DecisionMade, Decision(), "decision-1");
        flow.Send(StreamCatalog.ExecutionResult, Result(), "result-1");
        flow.Send(StreamCatalog.TradeClosed, Trade(), "trade-1");
        flow.WaitQuiet();
    }

    private static async Task<(long Decisions, long Results, long Trades)> CountsAsync(JournalStore store, string run)
    {
        var rows = await store.QueryAsync(
            """
            SELECT (SELECT COUNT(*) FROM decisions WHERE run = @run), (SELECT COUNT(*) FROM results WHERE run = @run),
                (SELECT COUNT(*) FROM trades WHERE run = @run)
            """,
            CancellationToken.None, ("@run", run));
        return ((long)rows[0][0]!, (long)rows[0][1]!, (long)rows[0][2]!);
    }

    internal static DecisionMade Decision() => new()
    {
        Symbol = s_symbol, Action = DecisionAction.Hold, Confidence = 0.51, ReasonCode = "below_threshold",
        Regime = Regime.Range,
    };

    internal static ExecutionResult Result() => new()
    {
        Ilf = IlfContext.Unknown,
        Kind = ResultKind.Intent, IntentId = "intent-1", Symbol = s_symbol, Side = Side.Buy, Outcome = Outcome.Filled,
        ReasonCode = "filled", ReduceOnly = false, PositionId = "position-1", FilledQuantity = Exact,
        AveragePrice = Exact, FeeUsd = -Exact,
    };

    internal static TradeClosed Trade() => new()
    {
        TradeId = "position-1", Symbol = s_symbol, Side = PositionSide.Long, EntryPrice = Exact, ExitPrice = Exact,
        Quantity = Exact, NotionalUsd = Exact, Leverage = 3, FeesUsd = Exact, FundingUsd = Exact, PnlUsd = -Exact,
        OpenedAtMs = 1_765_000_000_000, ClosedAtMs = 1_765_000_060_000, DurationMs = 60_000, Reason = "stop_loss",
        Regime = Regime.Range,
    };
}
