using System.Text.Json;
using Quantum.Backtest.Figures;
using Quantum.Backtest.Live;
using Quantum.Backtest.Results;
using Quantum.Backtest.Running;
using Quantum.Backtest.Settings;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Feeds.Generated;
using Quantum.InProcess;

namespace Quantum.Backtest.Tests.Live;

/// <summary>The book of a running system: the events of a backtest give the figures of that backtest.</summary>
public sealed class LiveBookTests
{
    private const int Minutes = 600;
    private static readonly Lazy<(BacktestOutcome Played, LiveBook Lived)> s_run = new(Run);

    [Fact]
    public void What_was_lived_has_the_figures_of_what_was_played()
    {
        var (played, book) = s_run.Value;
        var lived = BacktestFigures.Of(book.Outcome(played.ToMs, "live", [])!);
        var same = BacktestFigures.Of(played);
        Assert.NotEqual(0, same.Trades.Trades);
        Assert.Equal(same.Trades, lived.Trades);
        Assert.Equal(same.BySymbol, lived.BySymbol);
        Assert.Equal(same.ByExit, lived.ByExit);
        Assert.Equal((same.FeesUsd, same.FundingUsd), (lived.FeesUsd, lived.FundingUsd));
        Assert.Equal(same.TurnoverUsd, lived.TurnoverUsd);
        Assert.Equal(same.DeepestDrawdown.DepthUsd, lived.DeepestDrawdown.DepthUsd, 6);
        Assert.Equal((same.StartUsd, same.EndUsd), (lived.StartUsd, lived.EndUsd));
        Assert.Equal(same.TimeInMarket, lived.TimeInMarket, 2);
    }

    [Fact]
    public void What_was_kept_of_it_is_taken_up_again()
    {
        var (played, book) = s_run.Value;
        var begin = book.Begin;
        var again = new LiveBook(in begin, book.BeginMs);
        for (var i = 0; i < book.Settled; i++) again.Restore(book.PointAt(i));
        var (before, after) = (book.Outcome(played.ToMs, "live", [])!, again.Outcome(played.ToMs, "live", [])!);
        Assert.Equal(before.Equity.SkipLast(1), after.Equity);
    }

    [Fact]
    public void Money_that_came_beside_the_trades_is_told_and_is_no_fault_of_ours()
    {
        var start = new PortfolioSnapshot
        {
            TotalEquityUsd = 1_000, CashBalanceUsd = 1_000, TotalExposureUsd = 0, MarginUsedUsd = 0,
            FreeMarginUsd = 1_000, UnrealizedPnlUsd = 0, RealizedPnlTodayUsd = 0, FeesUsd = 3, FundingUsd = 1,
            DrawdownFraction = 0, DailyDrawdownFraction = 0, NumPositions = 0, StaleMarks = 0,
        };
        var book = new LiveBook(in start, Made.Start);
        book.Take(start with { TotalEquityUsd = 1_250, CashBalanceUsd = 1_250, FeesUsd = 5 }, Made.Start + 60_000);
        var figures = BacktestFigures.Of(book.Outcome(Made.Start + 120_000, "live", [])!);
        Assert.Contains(figures.Warnings, warning =>
            warning.Code == "beside_trades" && warning.Text.StartsWith("+250.00 USD", StringComparison.Ordinal));
        Assert.DoesNotContain(figures.Warnings, warning => warning.Code == "sums_differ");
        Assert.Equal((2m, 0m), (figures.FeesUsd, figures.FundingUsd));
        Assert.Equal(
            "it needs the returns of two whole UTC days at least, and the run has 0", figures.Sharpe.Undefined);
    }

    [Fact]
    public void Before_time_has_passed_there_is_no_result()
    {
        var begin = new PortfolioSnapshot
        {
            TotalEquityUsd = 10, CashBalanceUsd = 10, TotalExposureUsd = 0, MarginUsedUsd = 0, FreeMarginUsd = 10,
            UnrealizedPnlUsd = 0, RealizedPnlTodayUsd = 0, FeesUsd = 0, FundingUsd = 0, DrawdownFraction = 0,
            DailyDrawdownFraction = 0, NumPositions = 0, StaleMarks = 0,
        };
        Assert.Null(new LiveBook(in begin, Made.Start).Outcome(Made.Start, "live", []));
    }

    /// <summary>The console reads what the command line wrote.</summary>
    [Fact]
    public void Figures_come_back_from_their_JSON_as_they_were()
    {
        var figures = BacktestFigures.Of(s_run.Value.Played);
        var text = JsonSerializer.Serialize(figures, JsonSerializerOptions.Web);
        var read = JsonSerializer.Deserialize<BacktestFigures>(text, JsonSerializerOptions.Web)!;
        Assert.Equal(FigureLines.Of(figures), FigureLines.Of(read));
        Assert.Equal(text, JsonSerializer.Serialize(read, JsonSerializerOptions.Web));
    }

    private static (BacktestOutcome, LiveBook) Run()
    {
        LiveBook? book = null;
        long fromMs = 0;
        void Watch(InProcessRun run)
        {
            run.Observe(StreamCatalog.PortfolioSnapshot, (in PortfolioSnapshot now, in Input input) =>
            {
                if (input.AtMs < fromMs) return;
                if (book is null) book = new LiveBook(in now, fromMs);
                book.Take(in now, input.AtMs);
            });
            run.Observe(StreamCatalog.TradeClosed, (in TradeClosed trade, in Input _) => book!.Take(in trade));
            run.Observe(StreamCatalog.ExecutionResult, (in ExecutionResult result, in Input _) =>
            {
                if (result.FilledQuantity > 0) book!.Fill(result.FilledQuantity * result.AveragePrice!.Value);
            });
        }

        var tape = BacktestTape.Of(new GeneratedFeed(GeneratedSettings.StartingAt(Made.Start, 900, 3) with
        {
            EndMs = Made.Start + Minutes * 60_000L, Symbols = [Symbol.Parse("NEARUSDT"), Symbol.Parse("XRPUSDT")],
        }));
        fromMs = tape.Feed.LiveFromMs;
        var played = BacktestRun.Of(
            tape, RunSettings.Of(new SettingsText().AddWord("Ai:IntervalMs=60000").AddWord("Clm:IntervalMs=60000")),
            new BacktestOptions { OnRun = Watch });
        return (played, book!);
    }
}
