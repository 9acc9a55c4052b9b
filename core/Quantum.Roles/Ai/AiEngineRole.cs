using Quantum.Roles.Ai.Features;
using Quantum.Roles.Ai.Model;
using Quantum.Roles.Ai.Plans;

namespace Quantum.Roles.Ai;

/// <summary>The last word on the regime of one symbol, or of the market.</summary>
internal sealed record KnownRegime(Regime Regime);

/// <summary>
/// Turns each closed candle of the decision interval into a signal with its provenance and what its trade is expected
/// to make after all costs, and says which signals it stands for. Without a model, while warming up, after a gap, on
/// features that do not fit or on late input there is no signal but a status, told as a decision to hold; a model that
/// has not proved itself gives signals to explore with, and the status says so.
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
    private readonly StateCell<HeldSignals> _held;
    private ModelMetrics? _proved;
    private string _proof = "";

    public AiEngineRole(AiEngineSettings? settings = null)
    {
        _settings = (settings ?? new AiEngineSettings()).Checked();
        _symbols = State.Map("symbols", static _ => new AiSymbolState());
        _market = State.Map("market", static _ => new MarketFacts());
        _regimes = State.Map("regimes", static _ => new KnownRegime(Regime.Unknown));
        _model = State.Cell(ModelInForce.Key, static () => new ModelInForce());
        _span = State.Cell("span", static () => new CandleSpan());
        _held = State.Cell("held", static () => new HeldSignals());

        On(StreamCatalog.RetrainingCompleted, OnModel);
        On(StreamCatalog.MetaRegime, OnRegime);
        On(StreamCatalog.MarketData, OnMarket);
        On(StreamCatalog.MarketKlines, OnCandle);
        OnClock(OnClockStrike);
    }

    public override string Name => RoleNames.AiEngine;

    private void OnModel(in RetrainingCompleted trained, in Input input, Outbox outbox)
    {
        if (trained.ModelName != OutcomeModel.ModelName)
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

        if (OutcomeModel.FromArtifact(trained.Artifact, out _) is not { } model)
        {
            outbox.Count("model_refused", "invalid_artifact", trained.ModelVersion);
            return;
        }

        _model.Touch().Take(new KnownModel(model, trained.InForce), input.AtMs + _settings.ActivationDelayMs);
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
        if (kline.OpenTimeMs < symbol.Building.NextMs)
        {
            outbox.Count("candle_ignored", "not_newer", kline.Symbol.Name);
            return;
        }

        var part = Candle.Of(in kline);
        var intervalMs = DecisionCandle.IntervalOf(_settings.IntervalMs, _span.Value.Ms);
        if (symbol.Building.Add(in part, intervalMs, kline.GapBefore) is not { } candle) return;
        if (_held.Value.CloseMs != candle.CloseTimeMs) TellHeld(candle.CloseTimeMs, outbox);
        var status = StatusAfter(symbol, in candle, symbol.Building.GapBefore, input.AtMs);
        // A source event names no chain: it begins one.
        var chain = input.CorrelationId is { Length: > 0 } told ? told : input.EventId;
        if (status is null) Signal(symbol, in kline, in part, candle.CloseTimeMs, chain, outbox);
        else
        {
            outbox.Count("candle_without_signal", status, kline.Symbol.Name);
            Tell(symbol, kline.Symbol, status, candle.CloseTimeMs, outbox);
        }

        symbol.DecidedMs = candle.CloseTimeMs;
        if (!HasDecided(candle.OpenTimeMs)) TellHeld(candle.CloseTimeMs, outbox);
    }

    private bool HasDecided(long closeMs)
    {
        foreach (var (_, symbol) in _symbols.All)
            if (symbol.DecidedMs == closeMs) return true;
        return false;
    }

    private void OnClockStrike(in Input input, Outbox outbox)
    {
        if (_held.Value.Signals.Count > 0 && input.AtMs - _held.Value.CloseMs >= _settings.RankWaitMs)
            TellHeld(_held.Value.CloseMs, outbox);
    }

    // All symbols that had the candle before have had this one, or its time is over.
    private void TellHeld(long nextMs, Outbox outbox)
    {
        var held = _held.Touch();
        held.CloseMs = nextMs;
        foreach (var (signal, correlationId) in held.Take())
        {
            var published = outbox.Publish(StreamCatalog.SignalGenerated, in signal, correlationId);
            if (signal.ModelInForce) Decide(in signal, published, correlationId, outbox);
        }
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
        var newest = _model.Value;
        if (newest.For(candle.CloseTimeMs)?.Model is not { } model)
            return newest.RefusedVersion is null ? "no_model" : "feature_mismatch";
        if (!model.FitsFeatures() || model.IntervalMs != candle.SpanMs) return "feature_mismatch";
        return symbol.Window.IsReady() ? null : "warming_up";
    }

    private void Signal(
        AiSymbolState symbol, in MarketKline kline, in Candle part, long closeMs, string correlationId, Outbox outbox)
    {
        var known = _model.Value.For(closeMs)!;
        var fact = _market.Find(kline.Symbol.Name)?.Before(in part, _settings.MarketFreshnessMs);
        var best = SignalPlanner.Best(kline.Symbol, symbol.Window, known.Model, fact, _settings);
        var signal = new SignalGenerated
        {
            Symbol = kline.Symbol,
            Side = best.Side,
            Confidence = best.Outcome.Probability,
            Price = kline.Close,
            CandleCloseTimeMs = closeMs,
            AtrValue = symbol.Window.AtrFraction(),
            VolatilityFactor = symbol.Day.VolatilityFactor() ?? fact?.VolatilityFactor,
            FundingRate = fact?.FundingRate,
            ModelName = known.Model.Name,
            ModelVersion = known.Model.Version,
            FeatureHash = known.Model.FeatureHash,
            ModelInForce = known.InForce,
            StopFraction = best.Plan.StopFraction,
            RoundTripCostFraction = best.Cost.RoundTripFraction,
            ExpectedR = best.NetR,
            ExpectedRError = best.Outcome.ErrorR,
            ExpectedReturnFraction = best.NetR * best.Plan.StopFraction,
            ExpectedReturnError = best.Outcome.ErrorR * best.Plan.StopFraction,
            Votes = new WireList<ModelVote>(
                new ModelVote(known.Model.Name, best.Side, best.Outcome.Probability, 1)),
            Contributions = new WireList<FeatureShare>(best.Shares),
        };
        _held.Touch().Signals.Add(new HeldSignal(signal, correlationId));
        if (!known.InForce)
        {
            outbox.Count(
                "signal_not_adopted", TradeWorth.NotInForce, kline.Symbol.Name, ProofOf(known.Model.Metrics));
            Tell(symbol, kline.Symbol, TradeWorth.NotInForce, closeMs, outbox);
            return;
        }

        symbol.Status = "";
        symbol.CandlesSinceTold = 0;
    }

    private void Decide(
        in SignalGenerated signal, PublishedEvent published, string correlationId, Outbox outbox)
    {
        if (TradeWorth.Against(in signal, _settings.Worth, out var reading) is { } reason)
        {
            outbox.Count("signal_not_adopted", reason, signal.Symbol.Name, reading.ToString());
            return;
        }

        outbox.Publish(StreamCatalog.DecisionMade, new DecisionMade
        {
            Symbol = signal.Symbol,
            Action = DecisionAction.Enter,
            Side = signal.Side,
            Confidence = signal.Confidence,
            SignalId = published.Id,
            ReasonCode = "worth_its_cost",
            Reason = string.Create(CultureInfo.InvariantCulture,
                $"expected {signal.ExpectedR:0.000} R after costs, error {signal.ExpectedRError:0.000} R"),
            Regime = RegimeOf(signal.Symbol),
            ModelName = signal.ModelName,
            ModelVersion = signal.ModelVersion,
            Votes = signal.Votes,
        }, correlationId);
    }

    private void Tell(AiSymbolState symbol, Symbol name, string status, long candleCloseMs, Outbox outbox)
    {
        symbol.CandlesSinceTold++;
        if (symbol.Status == status && symbol.CandlesSinceTold < _settings.RepeatStatusCandles) return;
        symbol.Status = status;
        symbol.CandlesSinceTold = 0;
        var model = _model.Value.For(candleCloseMs)?.Model;
        outbox.Publish(StreamCatalog.DecisionMade, new DecisionMade
        {
            Symbol = name,
            Action = DecisionAction.Hold,
            Confidence = NoPreference,
            ReasonCode = status,
            Reason = string.Create(CultureInfo.InvariantCulture,
                $"{symbol.Window.Candles} candles since the last gap, model {model?.Version ?? "none"}")
                + (status == TradeWorth.NotInForce && model is not null ? ", " + ProofOf(model.Metrics) : ""),
            Regime = RegimeOf(name),
            ModelName = model?.Name,
            ModelVersion = model?.Version,
        });
    }

    // Told with each of a model's signals.
    private string ProofOf(ModelMetrics metrics)
    {
        if (!ReferenceEquals(_proved, metrics)) (_proved, _proof) = (metrics, Proof(metrics));
        return _proof;
    }

    private static string Proof(ModelMetrics metrics) => string.Create(CultureInfo.InvariantCulture,
        $"log loss {metrics.LogLoss:0.0000} against {metrics.BaseLogLoss:0.0000} of the base rate, ")
        + string.Create(CultureInfo.InvariantCulture,
            $"{metrics.Evidence:0.0} errors over {metrics.IndependentOutcomes:0} independent outcomes");

    private Regime RegimeOf(Symbol symbol) =>
        (_regimes.Find(symbol.Name) ?? _regimes.Find(WholeMarket))?.Regime ?? Regime.Unknown;
}
