using Quantum.Backtest.Figures;
using Quantum.Backtest.Results;

namespace Quantum.Backtest.Report;

/// <summary>One trade as the page's script draws it.</summary>
internal sealed record DrawnTrade
{
    private const int MostBars = 90;
    private const int MostLevels = 120;
    private const int LeastCandlesAround = 12;

    /// <summary>Its place among all trades, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Its symbol's place, from 0.</summary>
    public required int Symbol { get; init; }

    public required bool Long { get; init; }
    public required bool Won { get; init; }

    /// <summary>UTC epoch ms.</summary>
    public required long In { get; init; }

    /// <summary>UTC epoch ms.</summary>
    public required long Out { get; init; }

    public required double Entry { get; init; }
    public required double Exit { get; init; }

    /// <summary>Everything of it in one sentence.</summary>
    public required string Said { get; init; }

    /// <summary>Since when, the stop or null, the targets.</summary>
    public required IReadOnlyList<object?[]> Levels { get; init; }

    public required DrawnBars Bars { get; init; }

    public static DrawnTrade Of(int index, int symbol, ClosedTrade trade, SymbolBars? bars)
    {
        var around = Math.Max((trade.ExitAtMs - trade.EntryAtMs) / 2, LeastCandlesAround * (bars?.IntervalMs ?? 1));
        return new()
        {
            Index = index, Symbol = symbol, Long = trade.Side == PositionSide.Long, Won = trade.NetUsd > 0,
            In = trade.EntryAtMs, Out = trade.ExitAtMs,
            Entry = DrawnBars.Short((double)trade.EntryPrice), Exit = DrawnBars.Short((double)trade.ExitPrice),
            Said = Sentence(trade),
            Levels = [.. Thinned(trade.Levels).Select(level => new object?[]
            {
                level.AtMs, level.StopPrice is { } stop ? DrawnBars.Short((double)stop) : null,
                level.Targets.Select(target => DrawnBars.Short((double)target)).ToArray(),
            })],
            Bars = DrawnBars.Of(bars, trade.EntryAtMs - around, trade.ExitAtMs + around, MostBars),
        };
    }

    // A trailing stop moves at every price; the drawing shows no more steps than it has candles.
    private static IEnumerable<TradeLevels> Thinned(IReadOnlyList<TradeLevels> levels)
    {
        var every = (levels.Count + MostLevels - 1) / MostLevels;
        return levels.Where((_, i) => every <= 1 || i % every == 0 || i == levels.Count - 1);
    }

    private static string Sentence(ClosedTrade trade) =>
        $"{trade.Side} {trade.Symbol}, {trade.Quantity:0.########} at {trade.Leverage}x ({Usd(trade.NotionalUsd)}), "
        + $"{Figures.Said.Minute(trade.EntryAtMs)} at {trade.EntryPrice:0.########} to "
        + $"{Figures.Said.Minute(trade.ExitAtMs)} at {trade.ExitPrice:0.########}: {trade.ExitReason}, "
        + $"{Usd(trade.NetUsd)} net ({Usd(trade.GrossUsd)} gross, {Usd(trade.FeesUsd)} fees, {Usd(trade.FundingUsd)} "
        + $"funding)"
        + (trade.RMultiple is { } r ? $", {Figures.Said.Number(r)} R of {Usd(trade.RiskUsd ?? 0m)} at risk"
        : ", no stop")
        + (trade.RestsOnPath ? "; another order of high and low inside its last candle would have ended it otherwise"
        : "")
        + Why(trade.Context) + ".";

    private static string Why(TradeContext why) =>
        (why.ModelName is { } model ? $"; model {model} {why.ModelVersion}" : "")
        + (why.Confidence is { } confidence ? $", confidence {Figures.Said.Number(confidence)}" : "")
        + (why.ExpectedR is { } expected ? $", expected {Figures.Said.Number(expected)} R" : "")
        + (why.PolicyVersion is { } policy ? $", policy {policy}" : "")
        + (why.SignalId is { } signal ? $", signal {signal}" : "")
        + (why.IsExploration ? ", made to learn" : "");

    private static string Usd(decimal amount) => $"{Figures.Said.Usd(amount)} USD";
}
