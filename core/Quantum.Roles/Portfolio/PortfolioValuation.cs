namespace Quantum.Roles.Portfolio;

/// <summary>
/// What the account is worth at the marks: equity = cash + unrealised PnL, free margin = equity - margin used. Made
/// anew in place: what an earlier one said is gone.
/// </summary>
internal sealed class PortfolioValuation
{
    private readonly List<SymbolExposure> _bySymbol = [];
    private readonly RecentKeys<Symbol> _symbols = new();

    public decimal UnrealizedUsd { get; private set; }
    public decimal MarginUsd { get; private set; }
    public decimal LongUsd { get; private set; }
    public decimal ShortUsd { get; private set; }
    public decimal LargestUsd { get; private set; }
    public int StaleMarks { get; private set; }
    public decimal CashUsd { get; private set; }
    public decimal EquityUsd => CashUsd + UnrealizedUsd;

    /// <summary>Values the account as it is now.</summary>
    public PortfolioValuation Value(
        PortfolioAccount account, StateMap<HoldingState> holdings, StateMap<MarkState> marks, long nowMs,
        long staleAfterMs)
    {
        _bySymbol.Clear();
        CashUsd = account.CashUsd;
        (UnrealizedUsd, MarginUsd, LongUsd, ShortUsd, LargestUsd, StaleMarks) = (0m, 0m, 0m, 0m, 0m, 0);
        foreach (var (name, holding) in holdings.All)
        {
            if (!_symbols.TryGet(name, out var symbol)) _symbols.Put(name, symbol = Symbol.Parse(name));
            Add(symbol, holding, marks.Find(name), nowMs - staleAfterMs);
        }

        return this;
    }

    public PortfolioSnapshot Snapshot(PortfolioAccount account) => new()
    {
        TotalEquityUsd = EquityUsd,
        CashBalanceUsd = CashUsd,
        TotalExposureUsd = LongUsd + ShortUsd,
        MarginUsedUsd = MarginUsd,
        FreeMarginUsd = EquityUsd - MarginUsd,
        UnrealizedPnlUsd = UnrealizedUsd,
        RealizedPnlTodayUsd = account.RealizedTodayUsd,
        FeesUsd = account.FeesUsd,
        FundingUsd = account.FundingUsd,
        DrawdownFraction = Drawdown(account.PeakEquityUsd),
        DailyDrawdownFraction = Drawdown(account.MidnightEquityUsd),
        NumPositions = _bySymbol.Count,
        StaleMarks = StaleMarks,
        AdjustmentsToday = account.AdjustmentsToday,
    };

    public PortfolioExposure Exposure()
    {
        var gross = LongUsd + ShortUsd;
        return new PortfolioExposure
        {
            TotalExposureUsd = gross,
            ExposureBySymbol = new(_bySymbol),
            LongExposureUsd = LongUsd,
            ShortExposureUsd = ShortUsd,
            NetExposureUsd = LongUsd - ShortUsd,
            ConcentrationFraction = gross > 0m ? (double)(LargestUsd / gross) : null,
            TotalEquityUsd = EquityUsd,
            FreeMarginUsd = EquityUsd - MarginUsd,
        };
    }

    private void Add(Symbol symbol, HoldingState holding, MarkState? mark, long staleBeforeMs)
    {
        // A fill leaves a mark. Only what was adopted without any price has none: it is worth nothing and stale until a
        // tick.
        var price = mark?.Price ?? holding.Position.EntryPrice;
        if (mark is null || mark.AtMs < staleBeforeMs) StaleMarks++;
        var notional = holding.Position.Quantity * price;
        UnrealizedUsd += holding.Position.UnrealizedAt(price);
        MarginUsd += Math.Abs(holding.Position.CostUsd) / holding.Leverage;
        if (notional > 0m) LongUsd += notional;
        else ShortUsd -= notional;
        LargestUsd = Math.Max(LargestUsd, Math.Abs(notional));
        _bySymbol.Add(new SymbolExposure(
            symbol, notional, holding.Position.Quantity, holding.Position.EntryPrice));
    }

    // An account that lost more than everything has drawn down 1, not more.
    private double Drawdown(decimal fromUsd) =>
        fromUsd <= 0m ? 0d : (double)Math.Clamp((fromUsd - EquityUsd) / fromUsd, 0m, 1m);
}
