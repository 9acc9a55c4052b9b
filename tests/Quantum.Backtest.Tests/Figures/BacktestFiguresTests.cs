using Quantum.Backtest.Figures;
using Quantum.Backtest.Results;

namespace Quantum.Backtest.Tests.Figures;

/// <summary>Figures against what Reference/reference.py makes of the same numbers.</summary>
public sealed class BacktestFiguresTests
{
    private static readonly double[] s_equity =
        [10000, 10120, 10080.5, 10250, 10190, 9900, 9950, 10010, 10300, 10280, 10410, 10390, 10600];

    private static readonly (decimal Usd, double R)[] s_trades =
        [(30m, 1.5), (-20m, -1.0), (45.5m, 2.2), (-12.25m, -0.6), (-21m, -1.05), (60m, 3.1), (5m, 0.2)];

    [Fact]
    public void The_accounts_ratios_are_those_of_the_reference()
    {
        var figures = BacktestFigures.Of(Made.Days(s_equity));
        Near(6.341163373132899, figures.Sharpe.Value);
        Near(6.448301200621574, figures.Sharpe.StandardError);
        Near(11.172407598572455, figures.Sortino.Value);
        Near(4.884642289530607, figures.AnnualReturn.Value);
        Near(143.05023847911062, figures.Calmar.Value);
        Near(0.28609882670289705, figures.AnnualVolatility.Value);
        Near(0.03414634146341464, figures.DeepestDrawdown.DepthFraction);
        Assert.Equal(12, figures.WholeDays);
    }

    [Fact]
    public void The_trades_figures_are_those_of_the_reference()
    {
        var trades = TradeFigures.Of([.. s_trades.Select(trade => Made.Trade(trade.Usd, trade.R))]);
        Near(2.6384976525821595, trades.ProfitFactor.Value);
        Near(0.6214285714285716, trades.ExpectancyR.Value);
        Near(0.6267696036458866, trades.ExpectancyR.StandardError);
        Near(12.464285714285714, trades.ExpectancyUsd.Value);
        Near(12.439188814683492, trades.ExpectancyUsd.StandardError);
        Near(4.0 / 7, trades.WinRate.Value);
        Assert.Equal((7, 4, 3), (trades.Trades, trades.Wins, trades.Losses));
        Assert.Equal((87.25m, 7m), (trades.NetUsd, trades.FeesUsd));
    }

    [Fact]
    public void A_drawdown_is_told_with_its_depth_and_its_length()
    {
        var figures = BacktestFigures.Of(Made.Days(100, 120, 90, 110, 119, 121, 115, 118));
        Assert.Equal((0.25, 30.0), (figures.DeepestDrawdown.DepthFraction, figures.DeepestDrawdown.DepthUsd));
        Assert.Equal(4 * Made.Day, figures.DeepestDrawdown.LengthMs);
        Assert.True(figures.DeepestDrawdown.IsRecovered);
        Assert.Equal(Made.Start + 2 * Made.Day, figures.DeepestDrawdown.TroughMs);

        var unfinished = BacktestFigures.Of(Made.Days(100, 99, 98, 97));
        Assert.Equal((3 * Made.Day, false), (unfinished.LongestDrawdown.LengthMs,
            unfinished.LongestDrawdown.IsRecovered));
    }

    [Fact]
    public void What_is_not_defined_is_told_with_its_reason_and_never_as_a_number()
    {
        var flat = BacktestFigures.Of(Made.Days(100, 100, 100, 100));
        Undefined("the same", flat.Sharpe);
        Undefined("no day lost", flat.Sortino);
        Undefined("no drawdown", flat.Calmar);
        Undefined("no trade was closed", flat.Trades.WinRate);
        Undefined("no trade was closed", flat.Trades.ProfitFactor);
        Undefined("no trade was closed", flat.Trades.ExpectancyR);

        var rising = BacktestFigures.Of(Made.Days(100, 101, 102.01, 103.0301));
        Undefined("the same", rising.Sharpe);

        var day = BacktestFigures.Of(Made.Days(100, 101));
        Undefined("two whole UTC days", day.Sharpe);
        Undefined("two whole UTC days", day.AnnualVolatility);
        Undefined("needs two", day.AnnualReturn);
        Undefined("needs two", day.Calmar);

        var lost = BacktestFigures.Of(Made.Days(100, 0, 50, 60));
        Undefined("lost", lost.Sharpe);
        Undefined("lost", lost.AnnualReturn);

        var won = TradeFigures.Of([Made.Trade(5m)]);
        Undefined("no trade lost", won.ProfitFactor);
        Undefined("no trade had a stop", won.ExpectancyR);
        Assert.Null(won.ExpectancyUsd.StandardError);

        var absurd = BacktestFigures.Of(Made.Days(1, 1000, 1_000_000));
        Undefined("beyond any number", absurd.AnnualReturn);
    }

    [Fact]
    public void Parts_of_days_are_no_daily_returns()
    {
        var outcome = Made.Days(100, 110, 121, 133.1) with
        {
            FromMs = Made.Start + Made.Day / 2, ToMs = Made.Start + 2 * Made.Day + Made.Day / 2,
        };
        var figures = BacktestFigures.Of(outcome);
        Assert.Equal(1, figures.WholeDays);
        Near(0.331, figures.ReturnFraction);
        Near(2, figures.Days);
    }

    [Fact]
    public void A_point_at_midnight_ends_the_day_before()
    {
        var outcome = Made.Days(100, 110, 99) with { ToMs = Made.Start + 2 * Made.Day };
        Assert.Equal([0.1, -0.1], EquityCurve.Of(outcome).DailyReturns.Select(r => Math.Round(r, 12)));
    }

    [Fact]
    public void Exposure_and_turnover_are_weighed_by_time()
    {
        var outcome = Made.Days(1000, 1000) with
        {
            Equity = [new(Made.Start, 1000m, 1000m, 0m), new(Made.Start + Made.Day / 4, 1000m, 1000m, 2000m),
                new(Made.Start + Made.Day / 2, 1000m, 1000m, 0m)],
            Totals = new(4000m, 2, 2m, -1m, 0, 0m),
        };
        var figures = BacktestFigures.Of(outcome);
        Assert.Equal((0.25, 0.5, 2.0), (figures.TimeInMarket, figures.MeanExposure, figures.PeakExposure));
        Assert.Equal((4000m, 4.0), (figures.TurnoverUsd, figures.TurnoverPerDay.Value));
        Assert.Equal((2m, -1m), (figures.FeesUsd, figures.FundingUsd));
    }

    [Fact]
    public void Groups_are_by_symbol_regime_hour_of_entry_and_exit()
    {
        var figures = BacktestFigures.Of(Made.With(
            Made.Trade(5m, 1, Made.Eth, Made.Start + 3 * 3_600_000, "take_profit_1"), Made.Trade(-2m, -1),
            Made.Trade(-3m, -1, Made.Btc, Made.Start + 3 * 3_600_000 + 59 * 60_000)));
        Assert.Equal([("BTCUSDT", 2, -5m), ("ETHUSDT", 1, 5m)], Of(figures.BySymbol));
        Assert.Equal([("00", 1, -2m), ("03", 2, 2m)], Of(figures.ByHour));
        Assert.Equal([("stop_loss", 2, -5m), ("take_profit_1", 1, 5m)], Of(figures.ByExit));
        Assert.Equal([("Bull", 3, 0m)], Of(figures.ByRegime));
    }

    [Fact]
    public void Refusals_are_summed_by_gate_and_reason_and_told_with_their_meaning()
    {
        var outcome = Made.Days(100, 100) with
        {
            Refusals = [new("trading_bot", "low_confidence", Made.Btc, 3), new("trading_bot", "low_confidence",
                Made.Eth, 4),
                new("executor", "low_confidence", Made.Btc, 1), new("executor", "not_in_catalog", null, 2)],
        };
        var lines = BacktestFigures.Of(outcome).Refusals;
        Assert.Equal([("trading_bot", 7L), ("executor", 2L), ("executor", 1L)], lines.Select(l => (l.Gate, l.Count)));
        Assert.Equal([new SymbolCount("ETHUSDT", 4), new SymbolCount("BTCUSDT", 3)], lines[0].BySymbol);
        Assert.Equal("its confidence is below policy's least", lines[0].Meaning);
        Assert.Null(lines[1].Meaning);
    }

    [Fact]
    public void Holding_pays_the_takers_fee_at_both_ends()
    {
        var outcome = Made.Days(100, 100, 100) with
        {
            Bars = [Made.Bars(Made.Btc, 2880, 100, 0.01), Made.Bars(Made.Eth, 2880, 100, -0.01), Made.Bars(Made.Btc, 0,
                1, 1)],
        };
        var hold = BacktestFigures.Of(outcome).BuyAndHold;
        Assert.Equal([HoldFigures.EqualParts, "BTCUSDT", "ETHUSDT", "BTCUSDT"], hold.Select(h => h.Name));
        Near(1.288 * 0.9995 * 0.9995 - 1, hold[1].ReturnFraction.Value);
        Near(0.712 * 0.9995 * 0.9995 - 1, hold[2].ReturnFraction.Value);
        Near(0.9995 * 0.9995 - 1, hold[0].ReturnFraction.Value);
        Undefined("no candles", hold[3].ReturnFraction);
    }

    [Fact]
    public void Months_compound_and_say_whether_they_are_whole()
    {
        var months = BacktestFigures.Of(Made.Days([100, 110, 121, .. Enumerable.Repeat(133.1, 29), 66.55])).Months;
        Assert.Equal([(2024, 1, false), (2024, 2, true), (2024, 3, false)],
            months.Select(month => (month.Year, month.Month, month.IsWhole)));
        Assert.Equal([0.21, 0.1, -0.5], months.Select(month => Math.Round(month.Return.Value!.Value, 12)));
    }

    [Fact]
    public void An_outcome_without_time_or_money_is_refused()
    {
        var outcome = Made.Days(100, 100);
        Assert.Contains("not after its start",
            Assert.Throws<ArgumentException>(() => BacktestFigures.Of(outcome with { ToMs = outcome.FromMs })).Message);
        Assert.Contains("more than 0",
            Assert.Throws<ArgumentException>(() => BacktestFigures.Of(outcome with { StartEquityUsd = 0m })).Message);
    }

    private static IEnumerable<(string, int, decimal)> Of(IEnumerable<TradeGroup> groups) =>
        groups.Select(group => (group.Key, group.Figures.Trades, group.Figures.NetUsd));

    private static void Near(double expected, double? actual) =>
        Assert.Equal(expected, actual!.Value, Math.Abs(expected) * 1e-9);

    private static void Undefined(string why, Figure figure)
    {
        Assert.Null(figure.Value);
        Assert.Contains(why, figure.Undefined, StringComparison.Ordinal);
    }
}
