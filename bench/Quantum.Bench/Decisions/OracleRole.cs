using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Instruments;
using Quantum.Roles.Ai;
using Quantum.Roles.Ai.Features;
using Quantum.Roles.Ai.Model;
using Quantum.Roles.Ai.Plans;

namespace Quantum.Bench.Decisions;

/// <summary>
/// Stands where the AI stands and knows the planted rule: its expected result is the truth, of the same plans at the
/// same costs. What it makes is the most that a model could.
/// </summary>
internal sealed class OracleRole : Role
{
    private static readonly AiEngineSettings s_settings = new() { Symbols = InstrumentBook.BuiltIn.Filters };

    /// <summary>
    /// Spread of results, R: the range of a driftless walk is sqrt(8 / pi) of its deviations (Parkinson 1980).
    /// </summary>
    private static readonly double s_spreadR = 1 / (Math.Sqrt(8 / Math.PI) * s_settings.Plan.StopInRanges);

    private readonly Func<Symbol, long, double> _expected;
    private readonly StateMap<Seen> _symbols;

    /// <param name="expected">Log return to be expected over the hold at a candle's end.</param>
    public OracleRole(Func<Symbol, long, double> expected)
    {
        _expected = expected;
        _symbols = State.Map("symbols", static _ => new Seen());
        On(StreamCatalog.MarketKlines, OnCandle);
    }

    public override string Name => RoleNames.AiEngine;

    private void OnCandle(in MarketKline kline, in Input input, Outbox outbox)
    {
        var seen = _symbols.Touch(kline.Symbol.Name);
        var part = Candle.Of(in kline);
        if (seen.Building.Add(in part, s_settings.IntervalMs, kline.GapBefore) is not { } candle) return;
        if (!seen.Window.Continues(candle.OpenTimeMs)) seen.Window.Reset();
        seen.Window.Add(in candle);
        if (!seen.Window.IsReady()) return;
        var plan = EntryPlan.Of(seen.Window.AtrFraction(), candle.SpanMs, s_settings.Plan);
        var expected = _expected(kline.Symbol, candle.CloseTimeMs);
        var side = expected >= 0 ? Side.Buy : Side.Sell;
        var minuteValueUsd = seen.Window.Volumes.Average() * candle.Close / (candle.SpanMs / 60_000.0);
        var cost = TradeCost.Of(
            side, null, s_settings.TickFraction(kline.Symbol, candle.Close), minuteValueUsd, null,
            s_settings.Plan.HoldMs, s_settings.Cost).RoundTripFraction;
        outbox.Publish(StreamCatalog.SignalGenerated, new SignalGenerated
        {
            Symbol = kline.Symbol, Side = side, Price = kline.Close,
            Confidence = OutcomeModel.ProbabilityOf(Math.Abs(expected) / plan.StopFraction, s_spreadR),
            CandleCloseTimeMs = candle.CloseTimeMs, AtrValue = seen.Window.AtrFraction(), VolatilityFactor = 1,
            ModelName = "oracle", ModelVersion = "1", FeatureHash = "none", ModelInForce = true,
            StopFraction = plan.StopFraction, RoundTripCostFraction = cost,
            ExpectedR = (Math.Abs(expected) - cost) / plan.StopFraction, ExpectedRError = 0,
            ExpectedReturnFraction = Math.Abs(expected) - cost, ExpectedReturnError = 0,
        });
    }

    internal sealed class Seen
    {
        public DecisionCandle Building { get; init; } = new();

        public FeatureWindow Window { get; init; } = new();
    }
}
