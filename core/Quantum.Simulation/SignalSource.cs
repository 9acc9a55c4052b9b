namespace Quantum.Simulation;

/// <summary>
/// Stands where the AI stands, which would not trade on a market of chance: it follows the last candle, with a stop
/// near enough to be hit, so that an hour holds many trades.
/// </summary>
internal sealed class SignalSource : Role
{
    private readonly StateMap<LastCandle> _last;

    public SignalSource()
    {
        _last = State.Map("last", _ => new LastCandle());
        On(StreamCatalog.MarketKlines, OnKline);
    }

    public override string Name => RoleNames.AiEngine;

    private void OnKline(in MarketKline kline, in Input input, Outbox outbox)
    {
        var last = _last.Touch(kline.Symbol.Name);
        var before = last.Close;
        last.Close = kline.Close;
        // A candle that comes twice is one candle.
        if (before == 0 || kline.CloseTimeMs <= last.AtMs) return;
        last.AtMs = kline.CloseTimeMs;
        outbox.Publish(StreamCatalog.SignalGenerated, new SignalGenerated
        {
            Symbol = kline.Symbol, Side = kline.Close > before ? Side.Buy : Side.Sell, Confidence = 0.72,
            Price = kline.Close, CandleCloseTimeMs = kline.CloseTimeMs, AtrValue = 0.004, VolatilityFactor = 1,
            FundingRate = 0.0001, ModelName = "simulation", ModelVersion = "1", FeatureHash = "none",
            ModelInForce = true, StopFraction = 0.012, RoundTripCostFraction = 0.0012, ExpectedR = 0.2,
            ExpectedRError = 0.05,
        });
    }

    internal sealed class LastCandle
    {
        public decimal Close { get; set; }

        public long AtMs { get; set; }
    }
}
