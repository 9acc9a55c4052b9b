using System.Globalization;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.Roles.Ai.Features;
using Quantum.Roles.Ai.Model;

namespace Quantum.Roles.Ai;

/// <summary>The last word on the regime of one symbol, or of the market.</summary>
internal sealed record KnownRegime(Regime Regime);

/// <summary>
/// Turns each closed candle into a signal with its provenance, and says which signals it stands for. Without a model,
/// while warming up, after a gap, on features that do not fit or on late input there is no signal but a status, told
/// as a decision to hold.
/// </summary>
public sealed class AiEngineRole : Role
{
    private const string WholeMarket = "*";
    private const double NoPreference = 0.5;
    private readonly AiEngineSettings _settings;
    private readonly StateMap<AiSymbolState> _symbols;
    private readonly StateMap<MarketFacts> _market;
    private readonly StateMap<KnownRegime> _regimes;
    private readonly StateCell<ModelInForce> _model;
    private readonly StateCell<CandleSpan> _span;

    public AiEngineRole(AiEngineSettings? settings = null)
    {
        _settings = (settings ?? new AiEngineSettings()).Checked();
        _symbols = State.Map("symbols", static _ => new AiSymbolState());
        _market = State.Map("market", static _ => new MarketFacts());
        _regimes = State.Map("regimes", static _ => new KnownRegime(Regime.Unknown));
        _model = State.Cell("model", static () => new ModelInForce());
        _span = State.Cell("span", static () => new CandleSpan());

        On(StreamCatalog.RetrainingCompleted, OnModel);
        On(StreamCatalog.MetaRegime, OnRegime);
        On(StreamCatalog.MarketData, OnMarket);
        On(StreamCatalog.MarketKlines, OnCandle);
    }

    public override string Name => RoleNames.AiEngine;

    private void OnModel(in RetrainingCompleted trained, in Input input, Outbox outbox)
    {
        if (trained.ModelName != DirectionModel.ModelName)
        {
            outbox.Count("model_refused", "other_model", trained.ModelName);
            return;
        }

        if (trained.FeatureHash != FeatureSet.Hash)
        {
            outbox.Count("model_refused", "feature_mismatch", trained.ModelVersion);
            _model.Touch().RefusedVersion = trained.ModelVersion;
            return;
        }

        if (DirectionModel.FromArtifact(trained.Artifact, out _) is not { } model)
        {
            outbox.Count("model_refused", "invalid_artifact", trained.ModelVersion);
            return;
        }

        _model.Touch().Take(model, input.AtMs + _settings.ActivationDelayMs);
    }

    private void OnRegime(in MetaRegime regime, in Input input, Outbox outbox) =>
        _regimes.Set(regime.Symbol?.Name ?? WholeMarket, new KnownRegime(regime.Regime));

    private void OnMarket(in MarketData market, in Input input, Outbox outbox)
    {
        // It comes many times a second: only the first of a minute is kept, so only that one costs a save.
        if (_market.Find(market.Symbol.Name) is { } known && !known.Wants(input.AtMs, _span.Value.OrMinuteMs()))
            return;
        _market.Touch(market.Symbol.Name).Add(in market, input.AtMs, _span.Value.OrMinuteMs());
    }

    private void OnCandle(in MarketKline kline, in Input input, Outbox outbox)
    {
        if (_span.Value.IsOther(in kline))
        {
            outbox.Count("candle_ignored", "other_interval", kline.Symbol.Name);
            return;
        }

        if (_span.Value.Ms == 0) _span.Touch().Ms = kline.CloseTimeMs - kline.OpenTimeMs;
        var symbol = _symbols.Touch(kline.Symbol.Name);
        if (symbol.Window.Candles > 0 && kline.OpenTimeMs <= symbol.Window.LastOpenTimeMs)
        {
            outbox.Count("candle_ignored", "not_newer", kline.Symbol.Name);
            return;
        }

        var candle = Candle.Of(in kline);
        var status = StatusAfter(symbol, in candle, kline.GapBefore, input.AtMs);
        if (status is null) Signal(symbol, in kline, in candle, outbox);
        else Tell(symbol, kline.Symbol, status, candle.CloseTimeMs, outbox);
    }

    /// <summary>Brings the symbol forward; why there is no signal, most pressing reason first, or null.</summary>
    private string? StatusAfter(AiSymbolState symbol, in Candle candle, bool gapBefore, long nowMs)
    {
        var hadCandles = symbol.Window.Candles > 0;
        var isGap = hadCandles && (gapBefore || !symbol.Window.Continues(candle.OpenTimeMs));
        if (isGap)
        {
            symbol.Window.Reset();
            symbol.Day.Reset();
        }

        symbol.Window.Add(in candle);
        symbol.Day.Add(in candle);
        if (isGap) return "gap";
        if (nowMs - candle.CloseTimeMs > _settings.StaleAfterMs) return "stale_input";
        var inForce = _model.Value;
        if (inForce.For(candle.CloseTimeMs) is not { } model)
            return inForce.RefusedVersion is null ? "no_model" : "feature_mismatch";
        if (!model.FitsFeatures()) return "feature_mismatch";
        return symbol.Window.IsReady() ? null : "warming_up";
    }

    private void Signal(AiSymbolState symbol, in MarketKline kline, in Candle candle, Outbox outbox)
    {
        symbol.Status = "";
        symbol.CandlesSinceTold = 0;
        var model = _model.Value.For(candle.CloseTimeMs)!;
        Span<double> features = stackalloc double[FeatureSet.Count];
        FeatureSet.Compute(symbol.Window, features);
        var up = model.ProbabilityUp(features);
        var side = up >= 0.5 ? Side.Buy : Side.Sell;
        var confidence = Math.Max(up, 1 - up);
        var fact = _market.Find(kline.Symbol.Name)?.Before(in candle, _settings.MarketFreshnessMs);
        var signal = new SignalGenerated
        {
            Symbol = kline.Symbol,
            Side = side,
            Confidence = confidence,
            Price = kline.Close,
            CandleCloseTimeMs = kline.CloseTimeMs,
            AtrValue = symbol.Window.AtrFraction(),
            VolatilityFactor = symbol.Day.VolatilityFactor() ?? fact?.VolatilityFactor,
            FundingRate = fact?.FundingRate,
            ModelName = model.Name,
            ModelVersion = model.Version,
            FeatureHash = model.FeatureHash,
            Votes = new WireList<ModelVote>(new ModelVote(model.Name, side, confidence, 1)),
        };
        var published = outbox.Publish(StreamCatalog.SignalGenerated, in signal);
        Decide(in signal, published, model, outbox);
    }

    private void Decide(in SignalGenerated signal, PublishedEvent published, DirectionModel model, Outbox outbox)
    {
        var regime = RegimeOf(signal.Symbol);
        if (AdoptionRules.Against(in signal, regime, model.HorizonCandles, _settings) is { } reason)
        {
            outbox.Count("signal_not_adopted", reason, signal.Symbol.Name);
            return;
        }

        outbox.Publish(StreamCatalog.DecisionMade, new DecisionMade
        {
            Symbol = signal.Symbol,
            Action = DecisionAction.Enter,
            Side = signal.Side,
            Confidence = signal.Confidence,
            SignalId = published.Id,
            ReasonCode = "above_threshold",
            Reason = string.Create(CultureInfo.InvariantCulture,
                $"{signal.Confidence:0.0000} reaches {_settings.AdoptConfidence}, regime {regime}"),
            Regime = regime,
            ModelName = signal.ModelName,
            ModelVersion = signal.ModelVersion,
            Votes = signal.Votes,
        });
    }

    private void Tell(AiSymbolState symbol, Symbol name, string status, long candleCloseMs, Outbox outbox)
    {
        outbox.Count("candle_without_signal", status, name.Name);
        symbol.CandlesSinceTold++;
        if (symbol.Status == status && symbol.CandlesSinceTold < _settings.RepeatStatusCandles) return;
        symbol.Status = status;
        symbol.CandlesSinceTold = 0;
        var model = _model.Value.For(candleCloseMs);
        outbox.Publish(StreamCatalog.DecisionMade, new DecisionMade
        {
            Symbol = name,
            Action = DecisionAction.Hold,
            Confidence = NoPreference,
            ReasonCode = status,
            Reason = string.Create(CultureInfo.InvariantCulture,
                $"{symbol.Window.Candles} candles since the last gap, model {model?.Version ?? "none"}"),
            Regime = RegimeOf(name),
            ModelName = model?.Name,
            ModelVersion = model?.Version,
        });
    }

    private Regime RegimeOf(Symbol symbol) =>
        (_regimes.Find(symbol.Name) ?? _regimes.Find(WholeMarket))?.Regime ?? Regime.Unknown;
}
