using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;

namespace Quantum.Roles.TradingBot;

/// <summary>
/// Turns a signal into a sized intent with its ILF metadata: signal -> gates -> sizing request -> sizing answer ->
/// intent. One wish per symbol is under way at a time; every signal that leads to none is counted with its reason.
/// </summary>
public sealed class TradingBotRole : Role
{
    private const string NoIntent = "signal_without_intent";
    private readonly TradingBotSettings _settings;
    private readonly StateMap<BotSymbolState> _symbols;
    private readonly StateCell<BotSystemState> _system;

    public TradingBotRole(TradingBotSettings? settings = null)
    {
        _settings = (settings ?? new TradingBotSettings()).Checked();
        _symbols = State.Map("symbols", static _ => new BotSymbolState());
        _system = State.Cell("system", static () => new BotSystemState());

        On(StreamCatalog.PolicyUpdated, OnPolicy);
        On(StreamCatalog.MetaRegime, OnRegime);
        On(StreamCatalog.PortfolioSnapshot, OnPortfolio);
        On(StreamCatalog.ExchangeNormalized, OnQuote);
        On(StreamCatalog.ExecutionResult, OnResult);
        On(StreamCatalog.SizingDecided, OnSizing);
        On(StreamCatalog.SignalGenerated, OnSignal);
        OnClock(OnClockStrike);
    }

    public override string Name => RoleNames.TradingBot;

    private void OnPolicy(in PolicyUpdated policy, in Input input, Outbox outbox) => Now(input).Policy = policy;

    private void OnRegime(in MetaRegime regime, in Input input, Outbox outbox)
    {
        if (regime.Symbol is { } symbol) _symbols.Touch(symbol.Name).Regime = regime.Regime;
        else Now(input).MarketRegime = regime.Regime;
    }

    private void OnPortfolio(in PortfolioSnapshot snapshot, in Input input, Outbox outbox)
    {
        var system = Now(input);
        system.Portfolio = snapshot;
        system.PortfolioAtMs = input.AtMs;
    }

    private void OnQuote(in ExchangeNormalized quote, in Input input, Outbox outbox)
    {
        Now(input);
        var symbol = _symbols.Touch(quote.Symbol.Name);
        symbol.ExchangeDivergence = quote.ExchangeDivergence;
        symbol.FundingRate = quote.FundingRate;
        symbol.QuotedAtMs = input.AtMs;
    }

    private void OnResult(in ExecutionResult result, in Input input, Outbox outbox)
    {
        Now(input);
        var symbol = _symbols.Touch(result.Symbol.Name);
        if (result.PositionQuantity is { } quantity) symbol.PositionQuantity = quantity;
        var isOurs = result.Kind == ResultKind.Intent && symbol.Pending?.IntentId == result.IntentId;
        if (isOurs)
        {
            symbol.Pending = null;
            if (result.FilledQuantity == 0) outbox.Count("intent_without_fill", result.ReasonCode, result.Symbol.Name);
        }

        if (isOurs || (result.FilledQuantity > 0 && symbol.PositionQuantity == 0))
            symbol.CooldownUntilMs = input.AtMs + _settings.CooldownMs;
    }

    private void OnSignal(in SignalGenerated signal, in Input input, Outbox outbox)
    {
        var system = Now(input);
        var symbol = _symbols.Find(signal.Symbol.Name) ?? _symbols.Touch(signal.Symbol.Name);
        var quoteIsFresh = system.NowMs - symbol.QuotedAtMs <= _settings.QuoteFreshnessMs;
        var funding = (quoteIsFresh ? symbol.FundingRate : null) ?? signal.FundingRate;
        var question = new EntryQuestion
        {
            Signal = signal, SignalAtMs = input.AtMs, System = system, Symbol = symbol, FundingRate = funding,
            Settings = _settings,
        };
        if (EntryGates.FirstClosed(in question) is { } reason)
        {
            outbox.Count(NoIntent, reason, signal.Symbol.Name);
            return;
        }

        Ask(in signal, in input, outbox, new IlfContext
        {
            AtrValue = signal.AtrValue,
            VolatilityFactor = signal.VolatilityFactor,
            ExchangeDivergence = quoteIsFresh ? symbol.ExchangeDivergence : null,
            FundingRate = funding,
            Regime = symbol.Regime ?? system.MarketRegime,
        });
    }

    private void Ask(in SignalGenerated signal, in Input input, Outbox outbox, in IlfContext ilf)
    {
        var system = _system.Value;
        var symbol = _symbols.Touch(signal.Symbol.Name);
        var portfolio = system.Portfolio!.Value;
        var policy = system.Policy!.Value;
        var roomUsd = EntryGates.RoomUsd(system);
        var deadlineMs = input.AtMs + _settings.SizingTimeoutMs;
        var request = outbox.Publish(StreamCatalog.SizingRequested, new SizingRequested
        {
            Symbol = signal.Symbol,
            Side = signal.Side,
            SignalId = input.EventId,
            Confidence = signal.Confidence,
            Price = signal.Price,
            Ilf = ilf,
            EquityUsd = portfolio.TotalEquityUsd,
            FreeMarginUsd = portfolio.FreeMarginUsd,
            GrossExposureFraction = (double)(portfolio.TotalExposureUsd / portfolio.TotalEquityUsd),
            MaxPositionSizeUsd = roomUsd,
            MaxLeverage = Math.Min(policy.MaxLeverage, LeverageAllowed(signal.Symbol, roomUsd)),
            RiskPerTradeFraction = policy.RiskPerTradeFraction,
            DeadlineMs = deadlineMs,
        });
        symbol.Pending = new PendingEntry
        {
            Signal = signal,
            SignalId = input.EventId,
            CorrelationId = input.CorrelationId,
            RequestId = request.Id,
            GiveUpAtMs = deadlineMs,
            Ilf = ilf,
        };
    }

    // At the largest size that may come back, so that whatever is sized fits its bracket.
    private int LeverageAllowed(Symbol symbol, decimal roomUsd) => _settings.Symbols?.Find(symbol) is { } filters
        ? filters.Brackets.MaxLeverageFor(roomUsd) ?? 1
        : int.MaxValue;

    private void OnSizing(in SizingDecided sizing, in Input input, Outbox outbox)
    {
        Now(input);
        var symbol = _symbols.Touch(sizing.Symbol.Name);
        if (symbol.Pending is not { IntentId: null } pending || pending.RequestId != sizing.RequestId)
        {
            outbox.Count("sizing_without_request", "late", sizing.Symbol.Name);
            return;
        }

        if (sizing.Status != SizingStatus.Decided)
        {
            symbol.Pending = null;
            var reason = sizing.Status == SizingStatus.Refused ? "sizing_refused" : "sizing_unavailable";
            outbox.Count(NoIntent, reason, sizing.Symbol.Name);
            return;
        }

        var deadlineMs = input.AtMs + _settings.IntentLifetimeMs;
        var intent = outbox.Publish(
            StreamCatalog.TradeIntent, IntentOf(pending, in sizing, deadlineMs), pending.CorrelationId);
        symbol.Pending = pending with { IntentId = intent.Id, GiveUpAtMs = deadlineMs + _settings.ResultGraceMs };
    }

    private TradeIntent IntentOf(PendingEntry pending, in SizingDecided sizing, long deadlineMs) => new()
    {
        Symbol = sizing.Symbol,
        Side = pending.Signal.Side,
        Confidence = pending.Signal.Confidence,
        PositionSizeUsd = sizing.PositionSizeUsd,
        Leverage = sizing.Leverage,
        Ilf = pending.Ilf,
        ReduceOnly = false,
        EntryPrice = pending.Signal.Price,
        DeadlineMs = deadlineMs,
        SignalId = pending.SignalId,
        ModelName = pending.Signal.ModelName,
        ModelVersion = pending.Signal.ModelVersion,
        PolicyVersion = _system.Value.Policy?.PolicyVersion,
        Reason = "signal",
    };

    private void OnClockStrike(in Input input, Outbox outbox)
    {
        var now = Now(input).NowMs;
        foreach (var name in _symbols.All.Where(s => s.Value.Pending?.GiveUpAtMs < now).Select(s => s.Key).ToArray())
        {
            var symbol = _symbols.Touch(name);
            outbox.Count(NoIntent, symbol.Pending!.IntentId is null ? "sizing_timeout" : "result_missing", name);
            symbol.Pending = null;
        }
    }

    private BotSystemState Now(in Input input)
    {
        var system = _system.Touch();
        system.NowMs = Math.Max(system.NowMs, input.AtMs);
        return system;
    }
}
