using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Executor.State;
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
