using Quantum.Backtest.Figures;
using Quantum.Backtest.Results;

namespace Quantum.Backtest.Tests.Figures;

public sealed class ResultWarningsTests
{
    [Fact]
    public void A_result_of_few_trades_and_days_says_how_few_and_how_uncertain()
    {
        var figures = BacktestFigures.Of(Made.With(Made.Trade(5m, 0.5), Made.Trade(-4m, -1), Made.Trade(6m, 2)));
        Assert.Contains("3 closed trades, expectancy 0.5 R with a standard error of 0.87 R", Text(figures,
            "few_trades"));
        Assert.Contains("1 whole UTC day", Text(figures, "few_days"));
        Assert.Contains("n = 3", Text(figures, "within_chance"));
        Assert.Contains("BTCUSDT", Text(figures, "one_symbol"));
        Assert.Contains("6.00 of 7.00 USD", Text(figures, "one_trade"));
    }

    [Fact]
    public void Many_trades_over_many_days_and_symbols_warn_of_nothing()
    {
        var trades = Enumerable.Range(0, 200).Select(i => Made.Trade(i % 3 == 0 ? -1m : 2m, i % 3 == 0 ? -1 : 2,
            i % 2 == 0 ? Made.Btc : Made.Eth, Made.Start + i * 3_600_000L)).ToArray();
        var end = 10_000 + (double)trades.Sum(trade => trade.NetUsd);
        var days = Made.Days([.. Enumerable.Range(0, 91).Select(i => 10_000 + (end - 10_000) * i / 90 + (i % 2 == 0 ? 0
            : 1))]);
        Assert.Empty(BacktestFigures.Of(days with { Trades = trades }).Warnings);
    }

    [Fact]
    public void Nothing_closed_is_the_one_thing_to_say_of_trades() =>
        Assert.Equal(["no_trades", "few_days"], BacktestFigures.Of(Made.Days(100, 100)).Warnings.Select(w => w.Code));

    [Fact]
    public void An_account_that_is_not_the_sum_of_its_trades_is_not_to_be_trusted()
    {
        var outcome = Made.With(Made.Trade(5m));
        Assert.DoesNotContain(BacktestFigures.Of(outcome).Warnings, w => w.Code == "sums_differ");
        var wrong = outcome with { Equity = [new(Made.Start + Made.Day, 10_006m, 10_006m, 0m)] };
        Assert.Equal("sums_differ", BacktestFigures.Of(wrong).Warnings[0].Code);
        var open = wrong with { Totals = wrong.Totals with { OpenPositions = 1, UnrealizedUsd = 1m } };
        Assert.Contains("1 position is still open with 1.00 USD", Text(BacktestFigures.Of(open), "open_positions"));
        Assert.DoesNotContain(BacktestFigures.Of(open).Warnings, w => w.Code == "sums_differ");
    }

    [Fact]
    public void What_rests_on_the_way_inside_a_candle_is_counted_and_the_assumption_told()
    {
        var outcome = Made.With(Made.Trade(5m), Made.Trade(-5m) with { RestsOnPath = true });
        var path = outcome.Assumptions with { CandlePath = "the low first.", WalkedCandles = 9, AmbiguousCandles = 2 };
        Assert.Contains("1 of 2 trades, -5.00 USD net", Text(BacktestFigures.Of(outcome with { Assumptions = path }),
            "candle_path"));
        Assert.Contains("Assumed: the low first. Finer", Text(BacktestFigures.Of(outcome with { Assumptions = path }),
            "candle_path"));
        var unharmed = outcome with { Assumptions = path, Trades = [outcome.Trades[0], Made.Trade(-5m)] };
        Assert.Contains("2 of 9 candles", Text(BacktestFigures.Of(unharmed), "candle_path"));
    }

    [Fact]
    public void A_profit_of_one_symbol_alone_and_a_recording_with_gaps_are_told()
    {
        var outcome = Made.With(Made.Trade(9m), Made.Trade(9m), Made.Trade(-5m, symbol: Made.Eth)) with
        {
            Bars = [Made.Bars(Made.Btc, 10, 100, 1) with { Missing = 3 }],
        };
        Assert.Contains("Without BTCUSDT, which made 18.00 USD, the other symbols together lost 5.00 USD",
            Text(BacktestFigures.Of(outcome), "one_symbol"));
        Assert.Contains("BTCUSDT lacks 3 candles", Text(BacktestFigures.Of(outcome), "gaps"));
    }

    [Fact]
    public void Costs_that_took_everything_and_trades_made_to_learn_are_told()
    {
        var figures = BacktestFigures.Of(Made.With(
            Made.Trade(-0.5m), Made.Trade(-0.25m) with { Context = new(IsExploration: true) }));
        Assert.Contains("1.25 USD before fees and funding, -0.75 USD after", Text(figures, "costs"));
        Assert.Contains("1 of 2 trades were made to learn", Text(figures, "exploration"));
    }

    private static string Text(BacktestFigures figures, string code) =>
        Assert.Single(figures.Warnings, warning => warning.Code == code).Text;
}
