using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Ilf;
using Quantum.Roles.Symbols;

namespace Quantum.Roles.Executor.Risk;

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
