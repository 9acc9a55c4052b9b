using Quantum.Roles.Positions;

namespace Quantum.Roles.Portfolio;

/// <summary>
/// Keeps the account from fills and marks alone and publishes what it is worth and how it is exposed: at the start,
/// after every fill, and by the clock while prices move. The day turns at UTC midnight of the inputs' time.
/// </summary>
public sealed class PortfolioRole : Role
{
    private const long DayMs = 86_400_000;
    private const decimal LeastDifferenceUsd = 0.01m;

    private readonly PortfolioSettings _settings;
    private readonly StateCell<PortfolioAccount> _account;
    private readonly StateMap<HoldingState> _holdings;
    private readonly StateMap<MarkState> _marks;
    private readonly TradeSettlement _settlement;
    private readonly PortfolioValuation _valuation = new();

    public PortfolioRole(PortfolioSettings? settings = null)
    {
        _settings = (settings ?? new PortfolioSettings()).Checked();
        _account = State.Cell("account", () => new PortfolioAccount());
        _holdings = State.Map(HoldingState.Key, _ => new HoldingState());
        _marks = State.Map("marks", _ => new MarkState());
        _settlement = new TradeSettlement(State.Map("settlements", _ => new SettlementState(null, null, 0)));
        On(StreamCatalog.ExecutionResult, OnResult);
        On(StreamCatalog.MarketData, OnMarket);
        On(StreamCatalog.MarketTick, OnTick);
        On(StreamCatalog.TradeClosed, OnTradeClosed);
        OnClock(OnClockStrike);
    }

    public override string Name => RoleNames.Portfolio;

    private void OnResult(in ExecutionResult result, in Input input, Outbox outbox)
    {
        TurnDay(input.AtMs, outbox);
        var changed = result.Kind switch
        {
            // An adjustment with a fill is a late fill: the venue's, and booked as one.
            _ when result.FilledQuantity > 0m => Fill(in result, in input, outbox),
            ResultKind.Funding => Fund(in result),
            ResultKind.Balance => Balance(in result, input.AtMs, outbox),
            _ when result.FeeUsd != 0m => Charge(in result),
            ResultKind.Adjustment => Adjust(in result, in input, outbox),
            _ => false,
        };
        if (changed || _account.Value.PublishedAtMs is null) Publish(input.AtMs, outbox);
    }

    private void OnMarket(in MarketData market, in Input input, Outbox outbox) =>
        Mark(market.Symbol, market.MarkPrice ?? market.LastPrice, input.AtMs, outbox);

    private void OnTick(in MarketTick tick, in Input input, Outbox outbox) =>
        Mark(tick.Symbol, tick.Price, input.AtMs, outbox);

    private void OnTradeClosed(in TradeClosed trade, in Input input, Outbox outbox)
    {
        TurnDay(input.AtMs, outbox);
        _settlement.Report(trade.TradeId, trade.PnlUsd, input.AtMs, outbox);
    }

    private bool Fill(in ExecutionResult result, in Input input, Outbox outbox)
    {
        var side = result.Side ?? throw new InvalidDataException(
            $"execution.result {input.EventId} fills {result.FilledQuantity} {result.Symbol} without a side.");
        var price = result.AveragePrice!.Value;
        var holding = _holdings.Touch(result.Symbol.Name);
        var effect = holding.Position.Apply(side, result.FilledQuantity, price);
        Book(effect.RealizedUsd - result.FeeUsd);
        _account.Touch().FeesUsd += result.FeeUsd;
        if (effect.ClosedQuantity > 0m && (effect.Position.IsFlat || effect.OpenedQuantity > 0m))
        {
            var closing = effect.RealizedUsd - effect.ClosingFee(result.FeeUsd);
            _settlement.Settle(holding.PositionId, holding.TradePnlUsd + closing, input.AtMs, outbox);
            holding.TradePnlUsd = effect.ClosingFee(result.FeeUsd) - result.FeeUsd;
            holding.PositionId = result.PositionId is { } id && id != holding.PositionId ? id : input.EventId;
        }
        else
        {
            if (holding.Position.IsFlat) holding.PositionId = result.PositionId ?? input.EventId;
            holding.TradePnlUsd += effect.RealizedUsd - result.FeeUsd;
        }

        holding.Leverage = Math.Max(1, result.Leverage ?? holding.Leverage);
        Hold(result.Symbol, holding, effect.Position);
        Mark(result.Symbol, price, input.AtMs, outbox);
        if (result.PositionQuantity is { } told && told != effect.Position.Quantity)
            outbox.Count("portfolio", "position_differs_from_venue", result.Symbol.Name);
        return true;
    }

    // A fee that the venue told after the fills it is for.
    private bool Charge(in ExecutionResult result)
    {
        Book(-result.FeeUsd);
        _account.Touch().FeesUsd += result.FeeUsd;
        if (_holdings.Find(result.Symbol.Name) is { } holding && holding.PositionId == result.PositionId)
            _holdings.Touch(result.Symbol.Name).TradePnlUsd -= result.FeeUsd;
        return true;
    }

    private bool Fund(in ExecutionResult result)
    {
        if (result.FundingUsd is not { } funding) return false;
        Book(funding);
        _account.Touch().FundingUsd += funding;
        if (_holdings.Find(result.Symbol.Name) is not null)
            _holdings.Touch(result.Symbol.Name).TradePnlUsd += funding;
        return true;
    }

    // The venue's cash is the account's. The first word replaces the start balance; later, what it has more is a
    // deposit, which is no profit, and what it has less counts as lost until a person says otherwise.
    private bool Balance(in ExecutionResult result, long atMs, Outbox outbox)
    {
        if (result.WalletUsd is not { } walletUsd) return false;
        var account = _account.Touch();
        var moreUsd = walletUsd - account.CashUsd;
        account.CashUsd = walletUsd;
        if (!account.IsCashTold)
        {
            account.IsCashTold = true;
            account.PeakEquityUsd = account.MidnightEquityUsd = ValuationAt(atMs).EquityUsd;
            return true;
        }

        if (Math.Abs(moreUsd) < LeastDifferenceUsd) return false;
        if (account.LastCorrectionUsd != 0 && Math.Abs(account.LastCorrectionUsd + moreUsd) < LeastDifferenceUsd)
        {
            // A word that was wrong for a while: as if it had not been said.
            outbox.Count("portfolio", "balance_restored");
            Correct(account, account.LastCorrectionUsd, -1);
            account.LastCorrectionUsd = 0;
            return true;
        }

        outbox.Count("portfolio", "balance_adjusted");
        Correct(account, moreUsd, 1);
        account.LastCorrectionUsd = moreUsd;
        return true;
    }

    private static void Correct(PortfolioAccount account, decimal moreUsd, int times)
    {
        account.AdjustmentsToday += times;
        account.PeakEquityUsd += times * Math.Max(0, moreUsd);
        account.MidnightEquityUsd += times * Math.Max(0, moreUsd);
    }

    private bool Adjust(in ExecutionResult result, in Input input, Outbox outbox)
    {
        outbox.Count("portfolio", "position_adjusted", result.Symbol.Name);
        _account.Touch().AdjustmentsToday++;
        if (result.PositionQuantity is not { } quantity) return true;
        var symbol = result.Symbol.Name;
        var holding = _holdings.Touch(symbol);
        var before = holding.Position;
        var price = result.AveragePrice ?? _marks.Find(symbol)?.Price ?? before.EntryPrice;
        var after = before.AdjustTo(quantity, price);
        if (!before.IsFlat && (after.IsFlat || after.Side != before.Side))
        {
            _settlement.Settle(holding.PositionId, holding.TradePnlUsd, input.AtMs, outbox);
            holding.TradePnlUsd = 0m;
            holding.PositionId = "";
        }

        if (holding.PositionId.Length == 0) holding.PositionId = result.PositionId ?? input.EventId;
        holding.Leverage = Math.Max(1, result.Leverage ?? holding.Leverage);
        Hold(result.Symbol, holding, after);
        return true;
    }

    private void Hold(Symbol symbol, HoldingState holding, NetPosition position)
    {
        holding.Position = position;
        if (!position.IsFlat) return;
        _holdings.Remove(symbol.Name);
        _marks.Remove(symbol.Name);
    }

    // Only held symbols need a mark: a fill brings the first one, so a tick of any other symbol costs nothing.
    private void Mark(Symbol symbol, decimal price, long atMs, Outbox outbox)
    {
        if (_holdings.Find(symbol.Name) is not { } holding || _marks.Find(symbol.Name)?.AtMs > atMs) return;
        TurnDay(atMs, outbox);
        var mark = _marks.Touch(symbol.Name);
        (mark.Price, mark.AtMs) = (price, atMs);
        if (holding.Position.CostUsd != 0m) return;
        holding = _holdings.Touch(symbol.Name);
        holding.Position = NetPosition.Flat.AdjustTo(holding.Position.Quantity, price);
    }

    private void Book(decimal cashUsd)
    {
        var account = _account.Touch();
        account.CashUsd += cashUsd;
        account.RealizedTodayUsd += cashUsd;
    }

    private void OnClockStrike(in Input input, Outbox outbox)
    {
        TurnDay(input.AtMs, outbox);
        if (_account.Value.PublishedAtMs is not { } publishedAtMs)
        {
            Publish(input.AtMs, outbox);
            return;
        }

        if (SetBackClock.Is(input.AtMs, publishedAtMs))
        {
            outbox.Count("clock", "set_back");
            SetBack(input.AtMs);
            Publish(input.AtMs, outbox);
            return;
        }

        var silenceMs = input.AtMs - publishedAtMs;
        if (silenceMs >= _settings.HeartbeatMs
            || (silenceMs >= _settings.SnapshotIntervalMs && HasMovedSince(publishedAtMs)))
            Publish(input.AtMs, outbox);
    }

    // A mark of a time to come is as good as none: later ones would be passed over until then.
    private void SetBack(long nowMs)
    {
        var account = _account.Touch();
        (account.PublishedAtMs, account.Day) = (nowMs, Math.Min(account.Day, nowMs / DayMs));
        foreach (var (name, mark) in _marks.All)
            if (mark.AtMs > nowMs) _marks.Touch(name).AtMs = 0;
    }

    private bool HasMovedSince(long atMs)
    {
        foreach (var (_, mark) in _marks.All)
            if (mark.AtMs > atMs) return true;
        return false;
    }

    private void TurnDay(long atMs, Outbox outbox)
    {
        var day = atMs / DayMs;
        if (_account.Value.Started && day <= _account.Value.Day) return;
        var account = _account.Touch();
        if (!account.Started)
        {
            account.Started = true;
            account.CashUsd = account.PeakEquityUsd = _settings.StartBalanceUsd;
        }

        account.Day = day;
        account.MidnightEquityUsd = ValuationAt(atMs).EquityUsd;
        account.RealizedTodayUsd = 0m;
        account.AdjustmentsToday = 0;
        account.LastCorrectionUsd = 0;
        _settlement.DropOlderThan(atMs - DayMs, outbox);
    }

    private void Publish(long atMs, Outbox outbox)
    {
        var valuation = ValuationAt(atMs);
        var account = _account.Touch();
        account.PeakEquityUsd = Math.Max(account.PeakEquityUsd, valuation.EquityUsd);
        account.PublishedAtMs = Math.Max(account.PublishedAtMs ?? atMs, atMs);
        outbox.Publish(StreamCatalog.PortfolioSnapshot, valuation.Snapshot(account));
        outbox.Publish(StreamCatalog.PortfolioExposure, valuation.Exposure());
    }

    private PortfolioValuation ValuationAt(long atMs) =>
        _valuation.Value(_account.Value, _holdings, _marks, atMs, _settings.MarkStaleAfterMs);
}
