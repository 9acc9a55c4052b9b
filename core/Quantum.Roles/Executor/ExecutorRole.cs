using Quantum.Roles.Executor.Flow;
using Quantum.Roles.Executor.Risk;
using Quantum.Roles.Executor.State;

namespace Quantum.Roles.Executor;

/// <summary>
/// Turns trade intents into orders and each intent into exactly one execution.result: fresh, newest per symbol,
/// approved by every risk gate, at the least leverage of all caps, with a stop resting on the venue from the first
/// fill on.
/// </summary>
public sealed class ExecutorRole : Role
{
    private readonly ExecutorBooks _books;
    private readonly ExecutorSettings _settings;
    private readonly RoleClock _clock;
    private readonly SymbolFlow _flow;

    public ExecutorRole(ExecutorSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Checked();
        _settings = settings;
        _books = new ExecutorBooks(State);
        _clock = new RoleClock(settings, _books.Clock);
        _flow = new SymbolFlow(settings, _books);
        // What restrains comes before what trades.
        On(StreamCatalog.PolicyUpdated, OnPolicy);
        On(StreamCatalog.PortfolioExposure, OnExposure);
        On(StreamCatalog.OrderUpdate, OnOrderUpdate);
        On(StreamCatalog.GovernanceControl, OnControl);
        On(StreamCatalog.MarketTick, OnTick);
        On(StreamCatalog.TradeIntent, OnIntent);
        OnClock(OnClockStrike);
    }

    public override string Name => RoleNames.Executor;

    /// <summary>True for a client order id that this system gave.</summary>
    public static bool IsOurs(string clientOrderId) => OrderIds.IsOurs(clientOrderId);

    private void OnPolicy(in PolicyUpdated policy, in Input input, Outbox outbox)
    {
        _clock.Observe(input.AtMs);
        if (!IsOurs(in input, outbox, "policy")) return;
        if (_books.Policy.Value.Policy is { } known && policy.PolicyVersion < known.PolicyVersion)
        {
            outbox.Count("policy", "older_version");
            return;
        }

        _books.Policy.Touch().Policy = policy;
        if (!policy.KillSwitch && policy.RiskMode != RiskMode.Halt) return;
        var why = new Reason(policy.KillSwitch ? "kill_switch" : "halted", policy.Reason ?? policy.ReasonCode);
        var moment = MomentOf(in input, outbox);
        foreach (var (name, state) in _books.Symbols.All)
            if (state.Entry is not null || state.WaitingEntry is not null)
                _flow.BlockEntries(in moment, _books.Symbols.Touch(name), why);
    }

    private void OnExposure(in PortfolioExposure exposure, in Input input, Outbox outbox)
    {
        _clock.Observe(input.AtMs);
        if (!IsOurs(in input, outbox, "exposure")) return;
        var account = _books.Account.Touch();
        account.Exposure = exposure;
        account.AtMs = input.AtMs;
    }

    private void OnTick(in MarketTick tick, in Input input, Outbox outbox)
    {
        _clock.Observe(input.AtMs);
        if (!IsOurs(in input, outbox, "tick")) return;
        var price = _books.Prices.Touch(tick.Symbol.Name);
        // Ticks are a lossy tail: an older one after a newer one tells nothing.
        if (input.AtMs < price.AtMs) return;
        price.Price = tick.Price;
        price.BidPrice = tick.BidPrice;
        price.AskPrice = tick.AskPrice;
        price.AtMs = input.AtMs;
    }

    private void OnOrderUpdate(in OrderUpdate update, in Input input, Outbox outbox)
    {
        _clock.Observe(input.AtMs);
        if (!IsOurs(in input, outbox, "order_update")) return;
        if (_settings.Symbols.Find(update.Symbol) is null)
        {
            outbox.Count("order_update", "symbol_unknown", update.Symbol.Name);
            return;
        }

        var moment = MomentOf(in input, outbox);
        if (update is { Kind: UpdateKind.Balance, WalletUsd: { } walletUsd })
        {
            OnBalance(in moment, update.Symbol, walletUsd, input.AtMs);
            return;
        }

        var moves = update.Kind is UpdateKind.Fill or UpdateKind.Funding or UpdateKind.Liquidation
            || (update.Kind == UpdateKind.Order && update.CumulativeQuantity > 0);
        if (moves && _settings.MaxVenueAgeMs is not null) OnMove(input.AtMs);
        _flow.OnUpdate(in moment, _books.Symbols.Touch(update.Symbol.Name), in update, input.AtMs);
    }

    // A balance may have been read between a payment and its word, and was told: booked again, the payment would be in
    // the cash twice, so the next balance is told even if it is the same.
    private void OnMove(long atMs)
    {
        var venue = _books.Venue.Touch();
        (venue.MovedAtMs, venue.ToldUsd) = (atMs, null);
    }

    // Passed on only while nothing is under way: a fill that the cash already has would be booked a second time.
    // Nor is one passed on that was read before the last of them: it would take the fill back.
    private void OnBalance(in Moment moment, Symbol symbol, decimal walletUsd, long readAtMs)
    {
        var venue = _books.Venue.Touch();
        venue.AtMs = moment.NowMs;
        if (venue.ToldUsd == walletUsd || readAtMs <= venue.MovedAtMs) return;
        foreach (var (_, state) in _books.Symbols.All)
            if (state.IsUnderWay(moment.NowMs)) return;
        venue.ToldUsd = walletUsd;
        Results.TellBalance(moment.Outbox, symbol, walletUsd);
    }

    private void OnControl(in ControlCommand command, in Input input, Outbox outbox)
    {
        // No clock is fed from it: a person's time is the machine's, also where a recording is played.
        if (!command.IsOfExecutor() || command.Symbol is not { } symbol) return;
        if (!IsOurs(in input, outbox, "control")) return;
        var known = _books.Symbols.Find(symbol.Name);
        if (command.Command != ControlAction.Adopt)
        {
            OnWord(in command, in input, known, outbox);
            return;
        }

        if (known is not { Foreign: not null })
        {
            outbox.Count("control", "nothing_to_adopt", symbol.Name);
            return;
        }

        var moment = MomentOf(in input, outbox);
        _flow.Adopt(in moment, _books.Symbols.Touch(symbol.Name));
    }

    // A word about a position is an exit that a person wishes: it takes the way of every exit, and has its one end.
    private void OnWord(in ControlCommand command, in Input input, SymbolState? known, Outbox outbox)
    {
        var symbol = command.Symbol!.Value;
        if (!_books.Seen.Touch(symbol.Name).TryAdd(input.EventId))
        {
            outbox.Count("control", "duplicate", symbol.Name);
            return;
        }

        // On a tape its time is no measure of its age: it counts from when it is heard.
        var deadlineMs = _settings.IsTape
            ? _clock.NowOr(input.AtMs) + TapeAge.PriceMs
            : input.AtMs + _settings.MaxIntentAgeMs;
        var intent = OperatorIntents.Of(in command, known?.Position, deadlineMs);
        var stale = _settings.IsTape ? null : _clock.Judge(in intent, input.AtMs, input.Position, out deadlineMs);
        var record = new IntentRecord
        {
            Id = input.EventId, CorrelationId = input.CorrelationId, AtMs = input.AtMs, DeadlineMs = deadlineMs,
            Mode = input.Mode, Intent = intent,
        };
        if (stale is not null || known?.Position is null)
        {
            Results.EndWord(outbox, record, stale, known);
            return;
        }

        var moment = MomentOf(in input, outbox);
        _flow.OnIntent(in moment, _books.Symbols.Touch(symbol.Name), record);
    }

    private void OnIntent(in TradeIntent intent, in Input input, Outbox outbox)
    {
        var id = input.EventId;
        if (!_books.Seen.Touch(intent.Symbol.Name).TryAdd(id))
        {
            outbox.Count("intent", "duplicate", intent.Symbol.Name);
            return;
        }

        var stale = _clock.Judge(in intent, input.AtMs, input.Position, out var deadlineMs);
        var record = new IntentRecord
        {
            Id = id,
            CorrelationId = input.CorrelationId,
            AtMs = input.AtMs,
            DeadlineMs = deadlineMs,
            Mode = input.Mode,
            Intent = intent,
        };
        if (stale is not null)
        {
            SymbolFlow.Refuse(outbox, record, Outcome.Expired, stale);
            return;
        }

        var moment = MomentOf(in input, outbox);
        var refusal = RiskGates.FirstRefusal(
            RiskGates.Every, new RiskCase(record, moment.NowMs, _books, _settings));
        if (refusal is not null) SymbolFlow.Refuse(outbox, record, Outcome.Denied, refusal);
        else _flow.OnIntent(in moment, _books.Symbols.Touch(intent.Symbol.Name), record);
    }

    private void OnClockStrike(in Input input, Outbox outbox)
    {
        var isFirst = !_clock.WasHeard;
        if (_clock.Hear(input.AtMs))
        {
            outbox.Count("clock", "set_back");
            _books.SetBack(input.AtMs, _settings.MaxIntentAgeMs);
        }

        var moment = MomentOf(in input, outbox);
        // The process before may be gone with the answers: at an exchange what is owed is asked for at once.
        if (isFirst && _settings.MaxVenueAgeMs is not null)
            foreach (var (name, state) in _books.Symbols.All)
                if (state.Orders.Exists(static order => order.IsAwaited || order.OwesEnd))
                    Orders.Hurry(_books.Symbols.Touch(name));
        foreach (var (name, state) in _books.Symbols.All)
            if (state.NeedsClock) _flow.OnClock(in moment, _books.Symbols.Touch(name));
    }

    private Moment MomentOf(in Input input, Outbox outbox) => new(_clock.NowOr(input.AtMs), outbox);

    // Prices, policies and fills of another mode must not steer this one.
    private bool IsOurs(in Input input, Outbox outbox, string what)
    {
        if (input.Mode == _settings.Mode) return true;
        outbox.Count(what, "mode_mismatch");
        return false;
    }
}
