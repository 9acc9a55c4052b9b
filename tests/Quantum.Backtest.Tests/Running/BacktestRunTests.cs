using Quantum.Backtest.Results;
using Quantum.Backtest.Running;
using Quantum.Backtest.Settings;
using Quantum.Contracts.Units;
using Quantum.Feeds;
using Quantum.Feeds.Generated;
using Quantum.Feeds.Recorded;

namespace Quantum.Backtest.Tests.Running;

/// <summary>A whole run over a generated market: what it tells of itself adds up, and is the same every time.</summary>
public sealed class BacktestRunTests
{
    private const long StartMs = 1_764_892_800_000;
    private const int Minutes = 600;
    private const int Days = 8;
    private static readonly Lazy<BacktestOutcome> s_run = new(Run);

    [Fact]
    public void The_account_is_the_start_plus_its_trades_and_what_is_held()
    {
        var run = s_run.Value;
        Assert.NotEmpty(run.Trades);
        Assert.Equal(run.FromMs, run.Equity[0].AtMs);
        Assert.Equal(run.StartEquityUsd, run.Equity[0].EquityUsd);
        Assert.Equal(run.Equity.Select(point => point.AtMs).Order().Distinct(), run.Equity.Select(point => point.AtMs));
        var trades = run.Trades.Sum(trade => trade.NetUsd);
        if (run.Totals.OpenPositions == 0)
            Assert.Equal((double)(run.StartEquityUsd + trades), (double)run.Equity[^1].EquityUsd, 4);
        Assert.All(run.Trades, trade => Assert.Equal(
            trade.NetUsd, trade.GrossUsd - trade.FeesUsd + trade.FundingUsd));
        Assert.Equal(
            (double)(run.Equity[^1].EquityUsd - run.Totals.UnrealizedUsd), (double)run.Equity[^1].CashUsd, 6);
    }

    [Fact]
    public void Every_trade_has_its_stop_and_its_targets()
    {
        Assert.All(s_run.Value.Trades, trade =>
        {
            Assert.NotEmpty(trade.Levels);
            Assert.NotNull(trade.Levels[0].StopPrice);
            Assert.InRange(trade.ExitAtMs, trade.EntryAtMs, long.MaxValue);
        });
        Assert.Contains(s_run.Value.Trades, trade => trade.Levels[0].Targets.Count > 0);
    }

    [Fact]
    public void What_was_played_is_told()
    {
        var run = s_run.Value;
        Assert.Equal(2, run.Bars.Count);
        Assert.All(run.Bars, bars => Assert.Equal(Minutes, bars.Items.Count));
        Assert.InRange(run.Assumptions.Candles, 2 * Minutes, long.MaxValue);
        Assert.NotEmpty(run.Refusals);
        Assert.True(run.Totals.TurnoverUsd >= run.Trades.Sum(trade => trade.NotionalUsd));
    }

    /// <summary>What a change of the roles does to a fixed market is seen, and is written anew on purpose
    /// only.</summary>
    [Fact]
    public void Fixed_data_gives_the_golden_result()
    {
        var run = s_run.Value;
        var lines = new List<string>
        {
            $"streams {run.StreamHash}",
            FormattableString.Invariant($"equity {run.StartEquityUsd} {run.Equity[^1].EquityUsd:0.00000000}"),
            FormattableString.Invariant($"fills {run.Totals.Fills} turnover {run.Totals.TurnoverUsd:0.00}"),
        };
        lines.AddRange(run.Trades.Select(trade =>
            FormattableString.Invariant($"{trade.Symbol} {trade.Side} {trade.EntryAtMs} {trade.ExitAtMs} ")
            + FormattableString.Invariant($"{trade.ExitReason} {trade.NetUsd:0.0000}")));
        GoldenFile.Compare("tests/Quantum.Backtest.Tests/Golden/generated.txt", string.Join('\n', lines) + "\n");
    }

    [Fact]
    public async Task Runs_side_by_side_are_equal_to_the_bit()
    {
        var runs = await Task.WhenAll(Task.Run(Run), Task.Run(Run));
        Assert.All(runs, run => Assert.Equal(s_run.Value.StreamHash, run.StreamHash));
        Assert.All(runs, run => Assert.Equal(
            s_run.Value.Trades.Select(trade => trade.TradeId), run.Trades.Select(trade => trade.TradeId)));
    }

    [Fact]
    public async Task Runs_side_by_side_over_one_archive_are_equal_to_one_alone()
    {
        var folder = Directory.CreateTempSubdirectory("quantum-archive-tape-").FullName;
        try
        {
            var (rows, archive) = (Path.Combine(folder, "rows"), Path.Combine(folder, "archive"));
            foreach (var symbol in (string[])["NEARUSDT", "XRPUSDT"]) WriteCandles(rows, symbol);
            ArchiveImport.Run(new RecordedSettings { Path = rows }, archive, CancellationToken.None);
            var feed = new FeedSettings { Kind = FeedKind.Recorded, Path = archive, HistoryCandles = 300 };
            var alone = Over(BacktestTape.Open(feed), "300000");
            // Not held in memory: every run reads the archive's files, each at a place of its own.
            var shared = BacktestTape.Of(FeedFactory.Create(feed, 0, _ => { }));
            var runs = await Task.WhenAll(
                Enumerable.Range(0, 3).Select(_ => Task.Run(() => Over(shared, "300000"))));
            Assert.InRange(alone.Assumptions.Candles, 2 * Days * 288, long.MaxValue);
            Assert.All(runs, run => Assert.Equal(alone.StreamHash ?? "none", run.StreamHash));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_recording_of_unknown_symbols_alone_is_refused_with_the_mend()
    {
        var feed = new GeneratedFeed(Settings() with { Symbols = [Symbol.Parse("BTCUSDT")] });
        var settings = RunSettings.Of();
        settings = settings with { System = SystemSettings.OnTape(new()) };
        var fault = Assert.Throws<FeedException>(() => BacktestRun.Of(BacktestTape.Of(feed), settings));
        Assert.Contains("BTCUSDT", fault.Message);
        Assert.Contains("./quantum instruments import", fault.Message);
    }

    private static GeneratedSettings Settings() => GeneratedSettings.StartingAt(StartMs, 900, 3) with
    {
        EndMs = StartMs + Minutes * 60_000L, Symbols = [Symbol.Parse("NEARUSDT"), Symbol.Parse("XRPUSDT")],
    };

    private static BacktestOutcome Run() => Over(BacktestTape.Of(new GeneratedFeed(Settings())), "60000");

    private static void WriteCandles(string folder, string symbol)
    {
        Directory.CreateDirectory(folder);
        var (random, price) = (new Random(symbol.Length), 3.0);
        File.WriteAllLines(
            Path.Combine(folder, symbol + "-5m-2025-12.csv"),
            Enumerable.Range(0, Days * 288).Select(i =>
            {
                var (open, openMs) = (price, StartMs + i * 300_000L);
                price *= 1 + (random.NextDouble() - 0.5) / 200;
                return FormattableString.Invariant(
                    $"{openMs},{open:0.0000},{Math.Max(open, price) * 1.001:0.0000},")
                    + FormattableString.Invariant($"{Math.Min(open, price) * 0.999:0.0000},{price:0.0000},")
                    + FormattableString.Invariant($"{100 + i % 50},{openMs + 299_999},300,7,0,0,0");
            }));
    }

    private static BacktestOutcome Over(BacktestTape tape, string intervalMs) => BacktestRun.Of(
        tape,
        RunSettings.Of(
            new SettingsText().AddWord($"Ai:IntervalMs={intervalMs}").AddWord($"Clm:IntervalMs={intervalMs}")),
        new BacktestOptions { Hashes = true });
}
