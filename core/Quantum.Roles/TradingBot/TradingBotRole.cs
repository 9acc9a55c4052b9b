using Quantum.Roles.Ai.Plans;
using Quantum.Roles.Gates;

namespace Quantum.Roles.TradingBot;

/// <summary>
/// Turns a signal into a sized intent with its ILF metadata: signal -> gates -> worth its cost -> sizing request ->
/// sizing answer -> intent. One wish per symbol is under way at a time, and one size is asked for at a time, so that
/// room goes to the best of those that wait; every signal that leads to none is counted with its reason.
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
        _symbols = State.Map(BotSymbolState.Key, static _ => new BotSymbolState());
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
        system.UnbookedUsd = 0;
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
        var system = Now(input);
        var symbol = _symbols.Touch(result.Symbol.Name);
        if (result.PositionQuantity is { } quantity) symbol.PositionQuantity = quantity;
        var isOurs = result.Kind == ResultKind.Intent && symbol.Pending?.IntentId == result.IntentId;
        if (isOurs)
        {
            if (result.FilledQuantity == 0)
                outbox.Count("intent_without_fill", result.ReasonCode, result.Symbol.Name, result.Reason);
            else system.UnbookedUsd += result.FilledQuantity * (result.AveragePrice ?? 0);
            Drop(symbol, isEntered: result.FilledQuantity > 0);
        }

        if (isOurs || (result.FilledQuantity > 0 && symbol.PositionQuantity == 0))
            symbol.CooldownUntilMs = input.AtMs + _settings.CooldownMs;
    }

    private void OnSignal(in SignalGenerated signal, in Input input, Outbox outbox)
    {
        var system = Now(input);
        var question = QuestionOf(in signal);
        if (EntryGates.FirstClosed(in question, out var reading) is { } reason)
        {
            outbox.Count(NoIntent, reason, signal.Symbol.Name, reading.ToString());
            return;
        }

        var against = TradeWorth.Against(in signal, _settings.Worth, out var worth);
        var isExplored = against is not null && TradeWorth.MayBeExplored(against) && _settings.Exploration.IsOn
            && ExplorationBudget.Allows(input.Mode);
        if (against is not null && !isExplored)
        {
            outbox.Count(NoIntent, against, signal.Symbol.Name, worth.ToString());
            return;
        }

        var name = signal.Symbol;
        system.Ranked.RemoveAll(known => known.Signal.Symbol == name);
        // What the model looked at is told already, and is not carried along.
        var kept = signal with { Contributions = null };
        system.Ranked.Add(new Candidate(kept, input.EventId, input.CorrelationId, isExplored));
        system.Ranked.Sort(Candidate.Compare);
        AskNext(outbox);
    }

    private EntryQuestion QuestionOf(in SignalGenerated signal)
    {
        var symbol = _symbols.Find(signal.Symbol.Name) ?? new BotSymbolState();
        return new EntryQuestion
        {
            Signal = signal, System = _system.Value, Symbol = symbol,
            FundingRate = (IsFresh(symbol) ? symbol.FundingRate : null) ?? signal.FundingRate,
            Settings = _settings,
            UnderWayUsd = _symbols.All.Sum(known => known.Value.Pending?.SizeUsd ?? 0),
        };
    }

    private bool IsFresh(BotSymbolState symbol) =>
        _system.Value.NowMs - symbol.QuotedAtMs <= _settings.QuoteFreshnessMs;

    private void AskNext(Outbox outbox)
    {
        while (_system.Value is { Asking: null, Ranked.Count: > 0 })
        {
            var system = _system.Touch();
            var next = system.Ranked[0];
            system.Ranked.RemoveAt(0);
            var signal = next.Signal;
            var question = QuestionOf(in signal);
            var reason = EntryGates.FirstClosed(in question, out var reading)
                ?? Ask(next, in question, outbox, out reading);
            if (reason is not null) outbox.Count(NoIntent, reason, signal.Symbol.Name, reading.ToString());
        }
    }

    /// <summary>Asks for a size; why not, or null.</summary>
    private string? Ask(Candidate candidate, in EntryQuestion question, Outbox outbox, out GateReading reading)
    {
        reading = GateReading.NotAsked;
        var signal = candidate.Signal;
        var system = _system.Touch();
        var (portfolio, policy) = (system.Portfolio!.Value, system.Policy!.Value);
        var mostUsd = EntryRoom.LeftUsd(system, question.UnderWayUsd);
        var reservedUsd = 0m;
        if (candidate.Exploration)
        {
            if (EntryRoom.LeastUsd(_settings.Symbols?.Find(signal.Symbol), signal.Price) is not { } leastUsd)
            {
                reading = GateReading.Known(false);
                return "least_size_unknown";
            }

            mostUsd = leastUsd;
            reservedUsd = leastUsd * (decimal)(signal.StopFraction!.Value + signal.RoundTripCostFraction!.Value);
            reading = system.Exploration.Reserve(
                system.NowMs, reservedUsd, portfolio.TotalEquityUsd, _settings.Exploration);
            if (!reading.IsOpen) return ExplorationBudget.Gate;
        }

        var ilf = IlfOf(in question);
        var deadlineMs = system.NowMs + _settings.SizingTimeoutMs;
        var request = outbox.Publish(StreamCatalog.SizingRequested, new SizingRequested
        {
            Symbol = signal.Symbol,
            Side = signal.Side,
            SignalId = candidate.SignalId,
            Confidence = signal.Confidence,
            Price = signal.Price,
            Ilf = ilf,
            EquityUsd = portfolio.TotalEquityUsd,
            FreeMarginUsd = portfolio.FreeMarginUsd,
            GrossExposureFraction = (double)(portfolio.TotalExposureUsd / portfolio.TotalEquityUsd),
            MaxPositionSizeUsd = mostUsd,
            MaxLeverage = Math.Min(policy.MaxLeverage, LeverageAllowed(signal.Symbol, mostUsd)),
            RiskPerTradeFraction = policy.RiskPerTradeFraction,
            StopFraction = signal.StopFraction,
            Exploration = candidate.Exploration,
            DeadlineMs = deadlineMs,
            Gates = GatesOf(candidate, in question, in reading),
        }, candidate.CorrelationId);
        system.Asking = signal.Symbol.Name;
        _symbols.Touch(signal.Symbol.Name).Pending = new PendingEntry
        {
            Signal = signal,
            SignalId = candidate.SignalId,
            CorrelationId = candidate.CorrelationId,
            RequestId = request.Id,
            SizeUsd = mostUsd,
            GiveUpAtMs = deadlineMs,
            Ilf = ilf,
            Exploration = candidate.Exploration,
            ReservedUsd = reservedUsd,
            ReservedAtMs = system.NowMs,
        };
        return null;
    }

    private WireList<PassedGate> GatesOf(Candidate candidate, in EntryQuestion question, in GateReading budget)
    {
        var passed = EntryGates.Passed(question).Concat(TradeWorth.Passed(candidate.Signal, _settings.Worth));
        return candidate.Exploration
            ? new([.. passed, budget.Passed(ExplorationBudget.Gate)])
            : new([.. passed]);
    }

    private IlfContext IlfOf(in EntryQuestion question) => new()
    {
        AtrValue = question.Signal.AtrValue,
        VolatilityFactor = question.Signal.VolatilityFactor,
        ExchangeDivergence = IsFresh(question.Symbol) ? question.Symbol.ExchangeDivergence : null,
        FundingRate = question.FundingRate,
        Regime = question.Symbol.Regime ?? question.System.MarketRegime,
    };

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

        _system.Touch().Asking = null;
        if (sizing.Status != SizingStatus.Decided)
        {
            Drop(symbol, isEntered: false);
            var reason = sizing.Status == SizingStatus.Refused ? "sizing_refused" : "sizing_unavailable";
            outbox.Count(NoIntent, reason, sizing.Symbol.Name);
            AskNext(outbox);
            return;
        }

        var deadlineMs = input.AtMs + _settings.IntentLifetimeMs;
        var intent = outbox.Publish(
            StreamCatalog.TradeIntent, IntentOf(pending, in sizing, deadlineMs), pending.CorrelationId);
        symbol.Pending = pending with
        {
            IntentId = intent.Id, SizeUsd = sizing.PositionSizeUsd!.Value,
            GiveUpAtMs = deadlineMs + _settings.ResultGraceMs,
        };
        AskNext(outbox);
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
        StopLoss = StopOf(pending.Signal),
        DeadlineMs = deadlineMs,
        SignalId = pending.SignalId,
        ModelName = pending.Signal.ModelName,
        ModelVersion = pending.Signal.ModelVersion,
        PolicyVersion = _system.Value.Policy?.PolicyVersion,
        Reason = pending.Exploration ? "exploration" : "signal",
        ExpectedR = pending.Signal.ExpectedR,
        Exploration = pending.Exploration,
    };

    // The stop that the expected result was reckoned with.
    private decimal StopOf(SignalGenerated signal)
    {
        var price = signal.Price * (1 - signal.Side.Sign() * (decimal)signal.StopFraction!.Value);
        return _settings.Symbols?.Find(signal.Symbol) is { } filters
            ? filters.TighterStop(signal.Side.ToPositionSide(), price)
            : Math.Round(price, 10);
    }

    private void OnClockStrike(in Input input, Outbox outbox)
    {
        if (SetBackClock.Is(input.AtMs, _system.Value.NowMs))
        {
            outbox.Count("clock", "set_back");
            SetBack(input.AtMs);
        }

        var now = Now(input).NowMs;
        foreach (var (name, known) in _symbols.All)
        {
            if (!(known.Pending?.GiveUpAtMs < now)) continue;
            var symbol = _symbols.Touch(name);
            var isSized = symbol.Pending!.IntentId is not null;
            outbox.Count(NoIntent, isSized ? "result_missing" : "sizing_timeout", name);
            if (!isSized) _system.Touch().Asking = null;
            // What became of an intent is not known: its loss stays reserved.
            Drop(symbol, isEntered: isSized);
        }

        AskNext(outbox);
    }

    // What was noted of a time to come counts from now, or no entry was made before then; what was told then is old.
    private void SetBack(long nowMs)
    {
        var system = _system.Touch();
        (system.NowMs, system.PortfolioAtMs) = (nowMs, system.PortfolioAtMs > nowMs ? 0 : system.PortfolioAtMs);
        foreach (var (name, _) in _symbols.All)
        {
            var symbol = _symbols.Touch(name);
            if (symbol.QuotedAtMs > nowMs) symbol.QuotedAtMs = 0;
            symbol.CooldownUntilMs = Math.Min(symbol.CooldownUntilMs, nowMs + _settings.CooldownMs);
            if (symbol.Pending is { } pending)
            {
                var latestMs = nowMs + _settings.SizingTimeoutMs + _settings.ResultGraceMs;
                symbol.Pending = pending with { GiveUpAtMs = Math.Min(pending.GiveUpAtMs, latestMs) };
            }
        }
    }

    private void Drop(BotSymbolState symbol, bool isEntered)
    {
        if (symbol.Pending is { Exploration: true } pending && !isEntered)
            _system.Touch().Exploration.Release(pending.ReservedAtMs, pending.ReservedUsd);
        symbol.Pending = null;
    }

    private BotSystemState Now(in Input input)
    {
        var system = _system.Touch();
        system.NowMs = Math.Max(system.NowMs, input.AtMs);
        return system;
    }
}
