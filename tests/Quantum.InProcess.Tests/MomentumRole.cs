using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;

namespace Quantum.InProcess.Tests;

/// <summary>Stands where the AI stands and follows the last candle, so that a short tape leads to trades.</summary>
internal sealed class MomentumRole : Role
{
    private const int EveryCandles = 3;
    private readonly StateMap<Last> _last;

    public MomentumRole()
    {
        _last = State.Map("last", _ => new Last());
        On(StreamCatalog.MarketKlines, OnKline);
    }

    public override string Name => RoleNames.AiEngine;

    private void OnKline(in MarketKline kline, in Input input, Outbox outbox)
    {
        var last = _last.Touch(kline.Symbol.Name);
        var before = last.Close;
        (last.Close, last.Candles) = (kline.Close, last.Candles + 1);
        if (before == 0 || last.Candles % EveryCandles != 0) return;
        outbox.Publish(StreamCatalog.SignalGenerated, new SignalGenerated
        {
            Symbol = kline.Symbol, Side = kline.Close > before ? Side.Buy : Side.Sell, Confidence = 0.72,
            Price = kline.Close, CandleCloseTimeMs = kline.CloseTimeMs, AtrValue = 0.004, VolatilityFactor = 1,
            FundingRate = 0.0001, ModelName = "momentum", ModelVersion = "1", FeatureHash = "none",
            ModelInForce = true, StopFraction = 0.012, RoundTripCostFraction = 0.0012, ExpectedR = 0.2,
            ExpectedRError = 0.05,
        });
    }

    public sealed class Last
    {
        public decimal Close { get; set; }
        public long Candles { get; set; }
    }
}
