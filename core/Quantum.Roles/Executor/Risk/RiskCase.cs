using Quantum.Roles.Executor.State;
using Quantum.Roles.Ilf;
using Quantum.Roles.Symbols;

namespace Quantum.Roles.Executor.Risk;

/// <summary>One intent and all that the gates may ask about it, at one moment.</summary>
internal sealed class RiskCase
{
    private readonly ExecutorBooks _books;
    private EntryTerms? _terms;

    public RiskCase(IntentRecord record, long nowMs, ExecutorBooks books, ExecutorSettings settings)
    {
        var intent = record.Intent;
        Intent = intent;
        IntentMode = record.Mode;
        NowMs = nowMs;
        Settings = settings;
        _books = books;
        Filters = settings.Symbols.Find(intent.Symbol);
        State = books.Symbols.Find(intent.Symbol.Name);
        Price = books.PriceOf(intent.Symbol);
        Policy = books.Policy.Value.Policy;
        Exposure = books.Account.Value.Exposure;
        ExposureAtMs = books.Account.Value.AtMs;
        VenueAtMs = books.Venue.Value.AtMs;
    }

    public TradeIntent Intent { get; }

    /// <summary>Null only for legacy entries.</summary>
    public TradingMode? IntentMode { get; }

    /// <summary>UTC epoch ms.</summary>
    public long NowMs { get; }

    public ExecutorSettings Settings { get; }
    public SymbolFilters? Filters { get; }
    public SymbolState? State { get; }
    public KnownPrice? Price { get; }
    public PolicyUpdated? Policy { get; }
    public PortfolioExposure? Exposure { get; }

    /// <summary>UTC epoch ms.</summary>
    public long ExposureAtMs { get; }

    /// <summary>When the venue last told of the whole account, UTC epoch ms; 0 before the first time.</summary>
    public long VenueAtMs { get; }

    /// <summary>Worked out once; only for gates behind those for filters, policy, price and exposure.</summary>
    public EntryTerms Terms => _terms ??= EntryTerms.Of(this);

    /// <summary>USD.</summary>
    public decimal EquityUsd => Exposure?.TotalEquityUsd ?? 0;

    /// <summary>Signed base quantity held.</summary>
    public decimal HeldQuantity => State?.PositionQuantity ?? 0;

    /// <summary>Open and being opened, this symbol not counted.</summary>
    public int OtherPositions
    {
        get
        {
            var open = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var (name, state) in _books.Symbols.All)
                if (state.Position is not null || state.Entry is not null) open.Add(name);
            foreach (var row in Exposure?.ExposureBySymbol ?? [])
                if (row.Quantity != 0) open.Add(row.Symbol.Name);
            open.Remove(Intent.Symbol.Name);
            return open.Count;
        }
    }

    /// <summary>Gross exposure now, the larger of portfolio's and our own view, plus entries in flight, USD.</summary>
    public decimal GrossUsd => Math.Max(Exposure?.TotalExposureUsd ?? 0, Sum(HeldUsd)) + Sum(InFlightUsd);

    /// <summary>This symbol's exposure now, the larger of portfolio's and our own view, USD.</summary>
    public decimal SymbolUsd
    {
        get
        {
            var told = (Exposure?.ExposureBySymbol ?? []).FirstOrDefault(row => row.Symbol == Intent.Symbol);
            return Math.Max(Math.Abs(told?.NotionalUsd ?? 0), State is null ? 0 : HeldUsd(State));
        }
    }

    /// <summary>Margin in use, the larger of portfolio's and our own view, plus entries in flight, USD.</summary>
    public decimal MarginUsedUsd =>
        Math.Max(EquityUsd - (Exposure?.FreeMarginUsd ?? 0), Sum(HeldMarginUsd)) + Sum(InFlightMarginUsd);

    /// <summary>0 to 1; 1 when there is no equity.</summary>
    public double MarginUtilizationFraction =>
        EquityUsd <= 0 ? 1 : (double)Math.Clamp(MarginUsedUsd / EquityUsd, 0, 1);

    private decimal Sum(Func<SymbolState, decimal> part) => _books.Symbols.All.Sum(pair => part(pair.Value));

    private decimal HeldUsd(SymbolState state) => state.Position is not { } position
        ? 0
        : position.Size * (_books.PriceOf(state.Symbol)?.Price ?? position.EntryPrice);

    private decimal HeldMarginUsd(SymbolState state) => HeldUsd(state) / (state.Position?.Leverage ?? 1);

    private static decimal InFlightUsd(SymbolState state) =>
        state.Entry is { } entry ? state.OrderOf(entry).RemainingQuantity * entry.ReferencePrice : 0;

    private static decimal InFlightMarginUsd(SymbolState state) => InFlightUsd(state) / (state.Entry?.Leverage ?? 1);
}

/// <summary>What an entry would be sent with.</summary>
internal sealed record EntryTerms
{
    /// <summary>Base quantity on the symbol's step, 0 or more.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>What the order would pay now, quote currency.</summary>
    public required decimal ReferencePrice { get; init; }

    /// <summary>The stop's distance from the fill, fraction of price; negative when it is on the wrong side.</summary>
    public required double StopFraction { get; init; }

    /// <summary>The stop's price when the intent fixed it; null when it follows from the fill.</summary>
    public required decimal? FixedStopPrice { get; init; }

    public required LeverageChoice Choice { get; init; }

    /// <summary>From 1; null when no leverage keeps the stop nearer than half the way to liquidation.</summary>
    public int? Leverage => Choice.Leverage;

    /// <summary>USD.</summary>
    public decimal NotionalUsd => Quantity * ReferencePrice;

    /// <summary>What the symbol's position would be afterwards, USD.</summary>
    public required decimal PositionUsd { get; init; }

    /// <summary>Initial margin, USD.</summary>
    public decimal MarginUsd => NotionalUsd / (Leverage ?? 1);

    /// <summary>Works the terms out of a case that has price, policy, exposure and filters.</summary>
    internal static EntryTerms Of(RiskCase riskCase)
    {
        var intent = riskCase.Intent;
        var price = riskCase.Price!.For(intent.Side);
        double? fixedStop = intent.StopLoss is { } stop ? (double)((price - stop) / price) * intent.Side.Sign() : null;
        var quantity = riskCase.Filters!.FloorQuantity(intent.PositionSizeUsd!.Value / price);
        var positionUsd = Math.Abs(riskCase.HeldQuantity + intent.Side.Sign() * quantity) * price;
        var choice = LeverageChoice.Of(
            in intent, riskCase.Filters, positionUsd, riskCase.Policy!.Value.MaxLeverage,
            riskCase.MarginUtilizationFraction, fixedStop, isLegacy: riskCase.IntentMode is null);
        return new EntryTerms
        {
            Quantity = quantity,
            ReferencePrice = price,
            PositionUsd = positionUsd,
            StopFraction = choice.StopFraction,
            FixedStopPrice = intent.StopLoss,
            Choice = choice,
        };
    }
}

/// <summary>One limit of the leverage.</summary>
/// <param name="Name">Who sets it: <c>ilf</c>, <c>intent</c>, <c>policy</c>, <c>bracket</c>.</param>
/// <param name="Leverage">From 1.</param>
internal readonly record struct LeverageCap(string Name, int Leverage);

/// <summary>
/// The leverage of an entry: the minimum of every cap, then lowered until the stop is nearer than half the way to
/// liquidation, down to 1; null leverage when not even 1 is enough. The way to liquidation is taken as that of an
/// isolated position, <c>1 / leverage - maintenance margin fraction</c>, which is never farther than on cross margin.
/// The intent's own leverage is a cap as well, down to 1; only in a legacy intent 1 is none: the audited producers send
/// it as a placeholder.
/// </summary>
internal sealed class LeverageChoice
{
    private readonly double _maintenanceFraction;

    private LeverageChoice(IReadOnlyList<LeverageCap> caps, double maintenanceFraction)
    {
        Caps = caps;
        _maintenanceFraction = maintenanceFraction;
    }

    public IReadOnlyList<LeverageCap> Caps { get; }

    /// <summary>The chosen leverage, from 1; null when the stop is too far for any.</summary>
    public int? Leverage { get; private set; }

    /// <summary>The stop's distance at that leverage as a fraction of the entry price.</summary>
    public double StopFraction { get; private set; }

    /// <param name="intent">The entry.</param>
    /// <param name="filters">Its symbol's filters.</param>
    /// <param name="positionUsd">Notional of the symbol's position afterwards, USD: it picks the bracket.</param>
    /// <param name="policyCap">Policy's cap, from 1.</param>
    /// <param name="marginUtilizationFraction">Margin in use over equity, 0 to 1.</param>
    /// <param name="fixedStopFraction">The intent's own stop distance; null takes the ILF's, which depends on
    /// leverage.</param>
    /// <param name="isLegacy">True for an intent in a legacy form.</param>
    public static LeverageChoice Of(
        in TradeIntent intent, SymbolFilters filters, decimal positionUsd, int policyCap,
        double marginUtilizationFraction, double? fixedStopFraction, bool isLegacy = false)
    {
        var caps = CapsOf(in intent, filters, positionUsd, policyCap, marginUtilizationFraction);
        if (intent.Leverage is { } wanted && (wanted > 1 || !isLegacy)) caps.Add(new LeverageCap("intent", wanted));
        var choice = new LeverageChoice(
            caps,
            (double)filters.Brackets.MaintenanceFractionAt(positionUsd));
        for (var leverage = choice.Caps.Min(cap => cap.Leverage); leverage >= 1; leverage--)
        {
            choice.StopFraction = fixedStopFraction ?? AdaptiveLevels.For(
                leverage, intent.Ilf.VolatilityFactor, intent.Ilf.ExchangeDivergence, null).StopLossFraction;
            if (choice.StopFraction >= choice.LiquidationFraction(leverage) / 2) continue;
            choice.Leverage = leverage;
            break;
        }

        return choice;
    }

    /// <summary>Distance from entry to liquidation as a fraction of the entry price.</summary>
    public double LiquidationFraction(int leverage) => 1.0 / leverage - _maintenanceFraction;

    public override string ToString() => string.Join(", ", Caps.Select(cap => $"{cap.Name} {cap.Leverage}"));

    private static List<LeverageCap> CapsOf(
        in TradeIntent intent, SymbolFilters filters, decimal positionUsd, int policyCap,
        double marginUtilizationFraction)
    {
        var proposal = IlfLeverage.Propose(new IlfInputs
        {
            Confidence = intent.Confidence,
            VolatilityFactor = intent.Ilf.VolatilityFactor,
            SymbolRisk = filters.SymbolRisk,
            MarginUtilizationFraction = marginUtilizationFraction,
            ExchangeDivergence = intent.Ilf.ExchangeDivergence,
            FundingRate = intent.Ilf.FundingRate,
        });
        return
        [
            new("ilf", proposal.Cap),
            new("policy", policyCap),
            // Above the largest bracket no position is allowed at all: a gate of its own refuses that.
            new("bracket", filters.Brackets.MaxLeverageFor(positionUsd) ?? 1),
        ];
    }
}
