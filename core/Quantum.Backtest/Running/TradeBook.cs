using Quantum.Backtest.Results;
using Quantum.Roles.ExitBrain;

namespace Quantum.Backtest.Running;

/// <summary>
/// Round trips as they close, each with its stops and targets over time, and whether its end rests on the assumed way
/// inside a candle.
/// </summary>
internal sealed class TradeBook
{
    private readonly List<ClosedTrade> _closed = [];
    private readonly Dictionary<Symbol, OpenLevels> _open = [];
    private readonly HashSet<Symbol> _changed = [];
    private readonly Dictionary<Symbol, (long OpenMs, TradeLevels Levels)> _atOpen = [];

    /// <summary>ExitBrain, whose plans hold the targets; null while there is none.</summary>
    public ExitBrainRole? Plans { get; set; }

    public IReadOnlyList<ClosedTrade> Closed => _closed;

    /// <summary>Candles in which a stop and a target were both within reach, from 0.</summary>
    public long Ambiguous { get; private set; }

    public void Take(in ExecutionResult result)
    {
        if (result.PositionQuantity is not { } quantity) return;
        if (!_open.TryGetValue(result.Symbol, out var open)) _open[result.Symbol] = open = new OpenLevels();
        (open.StopPrice, open.IsHeld) = (result.StopPrice, quantity != 0);
        if (result is { Kind: ResultKind.Intent, ReduceOnly: false, FilledQuantity: > 0 })
            open.ExpectedR = result.ExpectedR;
        _changed.Add(result.Symbol);
    }

    public void Take(in TradeClosed trade)
    {
        var open = _open.GetValueOrDefault(trade.Symbol);
        _closed.Add(new ClosedTrade
        {
            TradeId = trade.TradeId, Symbol = trade.Symbol, Side = trade.Side, EntryAtMs = trade.OpenedAtMs,
            ExitAtMs = trade.ClosedAtMs, EntryPrice = trade.EntryPrice, ExitPrice = trade.ExitPrice,
            Quantity = trade.Quantity, NotionalUsd = trade.NotionalUsd, Leverage = trade.Leverage,
            RiskUsd = trade.RMultiple is { } r && r != 0 && trade.PnlUsd != 0
                ? Math.Round(Math.Abs(trade.PnlUsd / (decimal)r), 8)
                : null,
            GrossUsd = trade.PnlUsd + trade.FeesUsd - trade.FundingUsd, FeesUsd = trade.FeesUsd,
            FundingUsd = trade.FundingUsd, NetUsd = trade.PnlUsd, RMultiple = trade.RMultiple, Regime = trade.Regime,
            ExitReason = trade.Reason,
            Context = new TradeContext(
                trade.SignalId, trade.ModelName, trade.ModelVersion, trade.Confidence, open?.ExpectedR,
                trade.PolicyVersion, trade.Exploration),
            Levels = open?.Levels ?? [],
        });
        _open.Remove(trade.Symbol);
    }

    /// <summary>Notes what stops and targets are behind a step, UTC epoch ms.</summary>
    public void EndStep(long atMs)
    {
        if (_changed.Count == 0) return;
        foreach (var symbol in _changed)
        {
            if (!_open.TryGetValue(symbol, out var open)) continue;
            var targets = Plans?.TradeOf(symbol)?.Plan.Targets ?? [];
            if (open.IsHeld)
                open.Add(new TradeLevels(
                    atMs, open.StopPrice, [.. targets.Where(target => !target.IsDone).Select(target => target.Price)]));
        }

        _changed.Clear();
    }

    /// <summary>A candle that is walked begins, UTC epoch ms.</summary>
    public void OpenCandle(Symbol symbol, long openMs)
    {
        if (_open.GetValueOrDefault(symbol) is { IsHeld: true, Levels: [.., var levels] })
            _atOpen[symbol] = (openMs, levels);
    }

    /// <summary>A candle has closed: its high and low are known.</summary>
    public void CloseCandle(in MarketKline kline)
    {
        if (!_atOpen.Remove(kline.Symbol, out var open) || open.OpenMs != kline.OpenTimeMs) return;
        if (open.Levels is not { StopPrice: { } stop, Targets: [var target, ..] }) return;
        if (Math.Min(stop, target) < kline.Low || Math.Max(stop, target) > kline.High) return;
        Ambiguous++;
        for (var i = _closed.Count - 1; i >= 0 && _closed[i].ExitAtMs >= kline.OpenTimeMs; i--)
            if (_closed[i].Symbol == kline.Symbol) _closed[i] = _closed[i] with { RestsOnPath = true };
    }

    private sealed class OpenLevels
    {
        public List<TradeLevels> Levels { get; } = [];
        public decimal? StopPrice { get; set; }
        public double? ExpectedR { get; set; }
        public bool IsHeld { get; set; }

        public void Add(TradeLevels next)
        {
            var isKnown = Levels is [.., var last] && last.StopPrice == next.StopPrice
                && last.Targets.SequenceEqual(next.Targets);
            if (!isKnown) Levels.Add(next);
        }
    }
}
