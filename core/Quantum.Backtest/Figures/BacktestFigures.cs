using Quantum.Backtest.Results;
using Quantum.Feeds;

namespace Quantum.Backtest.Figures;

/// <summary>
/// Every figure of a backtest. How each is defined, and by whom, stands in <c>docs/BACKTEST.md</c> under "Definitions".
/// </summary>
public sealed record BacktestFigures
{
    /// <summary>What the result rests on too lightly, the gravest first.</summary>
    public required IReadOnlyList<ResultWarning> Warnings { get; init; }

    /// <summary>USD.</summary>
    public required decimal StartUsd { get; init; }

    /// <summary>Equity at the end, what is unrealised included, USD.</summary>
    public required decimal EndUsd { get; init; }

    /// <summary>End over start minus 1.</summary>
    public required double ReturnFraction { get; init; }

    /// <summary>Length of the run, days.</summary>
    public required double Days { get; init; }

    /// <summary>Whole UTC days in it: what the daily returns are of.</summary>
    public required int WholeDays { get; init; }

    public required Figure AnnualReturn { get; init; }
    public required Figure AnnualVolatility { get; init; }
    public required Figure Sharpe { get; init; }
    public required Figure Sortino { get; init; }
    public required Figure Calmar { get; init; }

    /// <summary>The deepest fall of equity.</summary>
    public required Drawdown DeepestDrawdown { get; init; }

    /// <summary>The longest time below a peak.</summary>
    public required Drawdown LongestDrawdown { get; init; }

    /// <summary>Share of the time with anything held, 0 to 1.</summary>
    public required double TimeInMarket { get; init; }

    /// <summary>Gross exposure over equity, its mean over the time; 1 is all of the account without leverage.</summary>
    public required double MeanExposure { get; init; }

    /// <summary>The highest gross exposure over equity.</summary>
    public required double PeakExposure { get; init; }

    /// <summary>Quantity times price of every fill, USD.</summary>
    public required decimal TurnoverUsd { get; init; }

    /// <summary>Turnover over mean equity, per day.</summary>
    public required Figure TurnoverPerDay { get; init; }

    /// <summary>Of every fill, open positions included, USD.</summary>
    public required decimal FeesUsd { get; init; }

    /// <summary>Of every position, received (+) or paid (-), USD.</summary>
    public required decimal FundingUsd { get; init; }

    public required TradeFigures Trades { get; init; }
    public required IReadOnlyList<TradeGroup> BySymbol { get; init; }

    /// <summary>The regime at entry.</summary>
    public required IReadOnlyList<TradeGroup> ByRegime { get; init; }

    /// <summary>The UTC hour of entry.</summary>
    public required IReadOnlyList<TradeGroup> ByHour { get; init; }

    public required IReadOnlyList<TradeGroup> ByExit { get; init; }
    public required IReadOnlyList<RefusalLine> Refusals { get; init; }
    public required IReadOnlyList<HoldFigures> BuyAndHold { get; init; }
    public required IReadOnlyList<MonthReturn> Months { get; init; }

    /// <summary>Calculates them; throws <see cref="ArgumentException"/> for an outcome that spans no time.</summary>
    public static BacktestFigures Of(BacktestOutcome outcome)
    {
        if (outcome.ToMs <= outcome.FromMs)
            throw new ArgumentException($"the run ends at {outcome.ToMs}, not after its start at {outcome.FromMs}.");
        if (outcome.StartEquityUsd <= 0)
            throw new ArgumentException($"the run starts with {outcome.StartEquityUsd} USD; it needs more than 0.");
        var curve = EquityCurve.Of(outcome);
        var returns = curve.DailyReturns;
        var end = outcome.Equity.Count == 0 ? outcome.StartEquityUsd : outcome.Equity[^1].EquityUsd;
        var growth = (double)(end / outcome.StartEquityUsd);
        var days = (outcome.ToMs - outcome.FromMs) / (double)CandleInterval.DayMs;
        Figure? lost = curve.LostAtMs is { } atMs
            ? Figure.None($"the account was lost before {Said.Day(atMs)}")
            : null;
        var annual = lost ?? RiskRatios.AnnualReturn(growth, days);
        var exposure = ExposureFigures.Of(outcome);
        var trades = TradeFigures.Of(outcome.Trades);
        var figures = new BacktestFigures
        {
            Warnings = [],
            StartUsd = outcome.StartEquityUsd, EndUsd = end, ReturnFraction = growth - 1,
            Days = days, WholeDays = returns.Count,
            AnnualReturn = annual,
            AnnualVolatility = lost ?? RiskRatios.Volatility(returns),
            Sharpe = lost ?? RiskRatios.Sharpe(returns),
            Sortino = lost ?? RiskRatios.Sortino(returns),
            Calmar = RiskRatios.Calmar(annual, curve.Deepest.DepthFraction),
            DeepestDrawdown = curve.Deepest, LongestDrawdown = curve.Longest,
            TimeInMarket = exposure.TimeInMarket, MeanExposure = exposure.Mean, PeakExposure = exposure.Peak,
            TurnoverUsd = outcome.Totals.TurnoverUsd,
            TurnoverPerDay = exposure.MeanEquityUsd > 0
                ? Figure.Of((double)outcome.Totals.TurnoverUsd / exposure.MeanEquityUsd / days)
                : Figure.None("the account's mean equity is not above 0"),
            FeesUsd = outcome.Totals.FeesUsd, FundingUsd = outcome.Totals.FundingUsd,
            Trades = trades,
            BySymbol = TradeGroup.By(outcome.Trades, trade => trade.Symbol.Name),
            ByRegime = TradeGroup.By(outcome.Trades, trade => trade.Regime.ToString()),
            ByHour = TradeGroup.By(outcome.Trades, TradeGroup.HourOf),
            ByExit = TradeGroup.By(outcome.Trades, trade => trade.ExitReason),
            Refusals = RefusalLine.Of(outcome.Refusals),
            BuyAndHold = HoldFigures.Of(outcome),
            Months = MonthReturn.Of(curve.Days),
        };
        return figures with { Warnings = ResultWarnings.Of(outcome, figures) };
    }
}
