using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;

namespace Quantum.InProcess.Tests;

/// <summary>Signals on every candle that closes higher or lower than the one before.</summary>
internal sealed class SignalRole : Role
{
    private readonly StateMap<Last> _last;
    private readonly bool _forgets;

    /// <param name="forgets">True changes state without touching it: a defect that only a restart shows.</param>
    public SignalRole(bool forgets = false)
    {
        _forgets = forgets;
        _last = State.Map("last", _ => new Last());
        On(StreamCatalog.MarketKlines, OnKline);
    }

    public override string Name => RoleNames.AiEngine;

    private void OnKline(in MarketKline kline, in Input input, Outbox outbox)
    {
        var known = _forgets ? _last.Find(kline.Symbol.Name) : null;
        var last = known ?? _last.Touch(kline.Symbol.Name);
        var before = last.Close;
        last.Close = kline.Close;
        last.Candles++;
        if (before == 0 || before == kline.Close) return;
        outbox.Publish(StreamCatalog.SignalGenerated, new SignalGenerated
        {
            Symbol = kline.Symbol, Side = kline.Close > before ? Side.Buy : Side.Sell,
            Confidence = 0.5 + (last.Candles % 40) / 100.0, Price = kline.Close, CandleCloseTimeMs = kline.CloseTimeMs,
            ModelName = "test", ModelVersion = "1", FeatureHash = "f",
        });
    }

    public sealed class Last
    {
        public decimal Close { get; set; }
        public long Candles { get; set; }
    }
}

/// <summary>Turns a signal into an intent when the clock strikes after it.</summary>
internal sealed class WaitingBotRole : Role
{
    private readonly StateMap<Wish> _wishes;

    public WaitingBotRole()
    {
        _wishes = State.Map("wishes", _ => new Wish());
        On(StreamCatalog.SignalGenerated, OnSignal);
        OnClock(Strike);
    }

    public override string Name => RoleNames.TradingBot;

    private void OnSignal(in SignalGenerated signal, in Input input, Outbox outbox)
    {
        var wish = _wishes.Touch(signal.Symbol.Name);
        (wish.Side, wish.Confidence, wish.SignalId) = (signal.Side, signal.Confidence, input.EventId);
    }

    private void Strike(in Input input, Outbox outbox)
    {
        foreach (var (symbol, wish) in _wishes.All.ToArray())
        {
            _wishes.Remove(symbol);
            outbox.Publish(StreamCatalog.TradeIntent, new TradeIntent
            {
                Symbol = Symbol.Parse(symbol), Side = wish.Side, Confidence = wish.Confidence, PositionSizeUsd = 200m,
                SignalId = wish.SignalId, DeadlineMs = input.AtMs + 30_000, Ilf = IlfContext.Unknown,
            });
        }
    }

    public sealed class Wish
    {
        public Side Side { get; set; }
        public double Confidence { get; set; }
        public string SignalId { get; set; } = "";
    }
}

/// <summary>Fills every intent at the last tick; denies it when there was none.</summary>
internal sealed class FillingRole : Role
{
    private readonly StateMap<Price> _prices;

    public FillingRole()
    {
        _prices = State.Map("prices", _ => new Price());
        On(StreamCatalog.MarketTick, OnTick);
        On(StreamCatalog.TradeIntent, OnIntent);
    }

    public override string Name => RoleNames.Executor;

    private void OnTick(in MarketTick tick, in Input input, Outbox outbox)
    {
        var price = _prices.Touch(tick.Symbol.Name);
        (price.Value, price.Ticks) = (tick.Price, price.Ticks + 1);
    }

    private void OnIntent(in TradeIntent intent, in Input input, Outbox outbox)
    {
        var price = _prices.Find(intent.Symbol.Name);
        if (price is null) outbox.Count("denied", "no_price", intent.Symbol.Name);
        outbox.Publish(StreamCatalog.ExecutionResult, new ExecutionResult
        {
            Kind = ResultKind.Intent, IntentId = input.EventId, Symbol = intent.Symbol, Side = intent.Side,
            Outcome = price is null ? Outcome.Denied : Outcome.Filled,
            ReasonCode = price is null ? "no_price" : "filled",
            ReduceOnly = false, FilledQuantity = price is null ? 0 : decimal.Round(200m / price.Value, 3),
            AveragePrice = price?.Value, FeeUsd = 0.1m, Reason = price is null ? null : $"after {price.Ticks} ticks",
            Ilf = IlfContext.Unknown,
        });
    }

    public sealed class Price
    {
        public decimal Value { get; set; }
        public long Ticks { get; set; }
    }
}

/// <summary>Answers every result with a new intent: with <see cref="FillingRole"/> an endless pair.</summary>
internal sealed class GreedyBotRole : Role
{
    public GreedyBotRole() => On(StreamCatalog.ExecutionResult, OnResult);

    public override string Name => RoleNames.TradingBot;

    private static void OnResult(in ExecutionResult result, in Input input, Outbox outbox) =>
        outbox.Publish(StreamCatalog.TradeIntent, new TradeIntent
        {
            Symbol = result.Symbol, Side = Side.Buy, Confidence = 1, PositionSizeUsd = 1, Ilf = IlfContext.Unknown,
        });
}
