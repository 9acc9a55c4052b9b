using Quantum.Backtest.Results;
using Quantum.Contracts.Units;

namespace Quantum.Backtest.Tests;

/// <summary>Outcomes as tests need them.</summary>
internal static class Made
{
    public const long Day = 86_400_000;

    /// <summary>2024-01-30, UTC epoch ms: two days before a month ends.</summary>
    public const long Start = 1_706_572_800_000;

    public static readonly Symbol Btc = Symbol.Parse("BTCUSDT");
    public static readonly Symbol Eth = Symbol.Parse("ETHUSDT");

    /// <summary>An account that stands at the end of each day as told, the first being the start.</summary>
    public static BacktestOutcome Days(params double[] equity) => new()
    {
        Symbols = [Btc], FromMs = Start, ToMs = Start + (equity.Length - 1) * Day, StartEquityUsd = (decimal)equity[0],
        Trades = [], Refusals = [], Bars = [], Settings = [],
        Equity = [.. equity.Select((e, i) => new EquityPoint(Start + i * Day, (decimal)e, (decimal)e, 0m))],
        Totals = new(0m, 0, 0m, 0m, 0, 0m),
        Assumptions = new()
        {
            Source = "candles 1m", Candles = 0, WalkedCandles = 0, AmbiguousCandles = 0, TakerFeeFraction = 0.0005m,
            MakerFeeFraction = 0.0002m,
        },
    };

    /// <summary>A trade that made so much net, with 1 USD fees and an hour held.</summary>
    public static ClosedTrade Trade(
        decimal netUsd, double? r = null, Symbol? symbol = null, long entryAtMs = Start, string exit = "stop_loss") =>
        new()
    {
        TradeId = $"t{entryAtMs}", Symbol = symbol ?? Btc, Side = PositionSide.Long,
        EntryAtMs = entryAtMs, ExitAtMs = entryAtMs + 3_600_000, EntryPrice = 100m, ExitPrice = 101m, Quantity = 10m,
        NotionalUsd = 1000m, Leverage = 2, RiskUsd = 20m, GrossUsd = netUsd + 1m, FeesUsd = 1m, FundingUsd = 0m,
        NetUsd = netUsd, RMultiple = r, Regime = Regime.Bull, ExitReason = exit, Context = new(), Levels = [],
    };

    /// <summary>An account whose end is the start plus its trades.</summary>
    public static BacktestOutcome With(params ClosedTrade[] trades)
    {
        var end = 10_000m + trades.Sum(trade => trade.NetUsd);
        return Days(10_000, (double)end) with { Trades = trades };
    }

    /// <summary>Minute candles that rise by a step from a price.</summary>
    public static SymbolBars Bars(Symbol symbol, int count, double open, double step, long fromMs = Start) => new(
        symbol, 60_000,
        [.. Enumerable.Range(0, count).Select(i => new Bar(fromMs + i * 60_000L, open + i * step, open + (i + 1) * step
        + 1,
            open + i * step - 1, open + (i + 1) * step))]);
}
